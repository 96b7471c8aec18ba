#pragma once
#include <array>
#include <cstdint>
#include <limits>

namespace rhoam::core {

/// Purpose of a random stream. Streams of different purpose or index never share draws.
enum class Purpose : std::uint64_t {
  environment = 1,
  policy,
  initialisation,
  minibatch,
  drift,
  evaluation,
  statistics,
  noise,
  perturbation,
  world
};

/// Draw number `i` of SplitMix64 (Steele, Lea & Flood 2014) from this seed, computed without the earlier
/// ones.
inline std::uint64_t splitmix(std::uint64_t seed, std::uint64_t i) {
  std::uint64_t z = seed + (i + 1) * 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// xoshiro256++ (Blackman & Vigna 2019), seeded through SplitMix64. Four words of state; copyable.
/// Meets std::uniform_random_bit_generator. The same seed gives the same draws on every platform.
class Stream {
 public:
  using result_type = std::uint64_t;
  using State = std::array<std::uint64_t, 4>;

  explicit Stream(std::uint64_t seed = 0) : Stream(seed, Purpose{0}, 0) {}
  /// Stream number `index` for a purpose and a seed (row i of a batch owns index i).
  Stream(std::uint64_t seed, Purpose purpose, std::uint64_t index = 0);

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  /// Uniform on [0, 1), 53 bits.
  double uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }
  /// Uniform on [low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform on 0 … n−1 without bias (Lemire 2019). n must be positive.
  std::uint64_t below(std::uint64_t n);
  /// Standard normal.
  double normal();
  /// Exponential with mean 1.
  double exponential();

  const State& state() const { return state_; }
  void set_state(const State& state) { state_ = state; }

 private:
  static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  State state_{};
};

/// Source of an environment's random numbers: a stream, or a recording in a golden test.
class Draws {
 public:
  virtual ~Draws() = default;
  /// Uniform on [low, high).
  virtual double uniform(double low, double high) = 0;
  /// Uniform integer on low … high−1.
  virtual std::int64_t integer(std::int64_t low, std::int64_t high) = 0;
  /// Standard normal.
  virtual double normal() = 0;
};

/// Draws from a stream that it owns.
class StreamDraws final : public Draws {
 public:
  StreamDraws() = default;
  explicit StreamDraws(const Stream& stream) : stream_(stream) {}
  double uniform(double low, double high) override { return stream_.uniform(low, high); }
  std::int64_t integer(std::int64_t low, std::int64_t high) override {
    return low + static_cast<std::int64_t>(stream_.below(static_cast<std::uint64_t>(high - low)));
  }
  double normal() override { return stream_.normal(); }
  Stream& stream() { return stream_; }
  const Stream& stream() const { return stream_; }

 private:
  Stream stream_;
};

}  // namespace rhoam::core
