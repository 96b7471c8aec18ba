#include "rhoam/optim/add_noise.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "rhoam/core/random.h"
#include "rhoam/optim/kernel.h"

namespace rhoam::optim {
namespace {

// Logarithm and cosine are written out because those of the C library are not vectorised. Both are accurate
// to a few units in the last place of a float.

/// ln x for normal x > 0: x = m·2^e with m in [√½, √2), ln m = 2 artanh((m − 1)/(m + 1)) by its series.
inline float ln(float x) {
  constexpr auto kRootHalf = std::bit_cast<std::int32_t>(std::numbers::sqrt2_v<float> / 2);
  const auto bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t exponent = (bits - kRootHalf) >> 23;
  const float m = std::bit_cast<float>(bits - (exponent << 23));
  const float s = (m - 1) / (m + 1), q = s * s;
  const float series = 1 + q * (1.0f / 3 + q * (1.0f / 5 + q * (1.0f / 7 + q * (1.0f / 9))));
  return static_cast<float>(exponent) * std::numbers::ln2_v<float> + 2 * s * series;
}

/// cos πx for |x| ≤ 1: the sine of a = π(½ − |x|) by its series.
inline float cos_pi(float x) {
  const float a = std::numbers::pi_v<float> * (0.5f - std::abs(x)), q = a * a;
  return a * (1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - q / 72 * (1 - q / 110)))));
}

/// A standard normal from 64 random bits (Box & Muller 1958), of magnitude up to 6.6.
inline float normal(std::uint64_t bits) {
  constexpr float kUnit = 0x1p-31f;
  const auto high = static_cast<std::int32_t>(bits >> 33), low = static_cast<std::int32_t>(bits);
  const float radius = std::sqrt(-2 * ln((static_cast<float>(high) + 1) * kUnit));
  return radius * cos_pi(static_cast<float>(low) * kUnit);
}

template <class Scalar>
class AddGradientNoise final : public Transform<Scalar> {
 public:
  explicit AddGradientNoise(const NoiseOptions& options)
      : deviation_("gradient-noise", options.deviation, kNonNegative),
        seed_(core::Stream(options.seed, core::Purpose::noise, options.index)()) {}

  void begin(const Moment& moment) override {
    now_deviation_ = static_cast<Scalar>(deviation_.at(moment.clocks));
    now_seed_ = core::splitmix(seed_, static_cast<std::uint64_t>(moment.t));
  }
  void apply(const Block<Scalar>& block) override {
    rewrite(block,
            [begin = block.begin, deviation = now_deviation_, seed = now_seed_](std::size_t i, Scalar u) {
              return u + deviation * static_cast<Scalar>(normal(core::splitmix(seed, begin + i)));
            });
  }
  void list_state(State<Scalar>& state) override { state.hypers.push_back(&deviation_); }

 private:
  Hyper deviation_;
  std::uint64_t seed_, now_seed_ = 0;
  Scalar now_deviation_ = 0;
};

}  // namespace

template <class Scalar>
Stage<Scalar> add_gradient_noise(const NoiseOptions& options) {
  if (!differs(options.deviation, 0)) return nullptr;
  return std::make_unique<AddGradientNoise<Scalar>>(options);
}

template Stage<float> add_gradient_noise(const NoiseOptions&);
template Stage<double> add_gradient_noise(const NoiseOptions&);

}  // namespace rhoam::optim
