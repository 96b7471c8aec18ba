#include "rhoam/core/random.h"

#include <boost/random/exponential_distribution.hpp>
#include <boost/random/normal_distribution.hpp>

namespace rhoam::core {

Stream::Stream(std::uint64_t seed, Purpose purpose, std::uint64_t index) {
  // Each part is mixed in before the next one, so that (seed, purpose, index) never collide by addition.
  std::uint64_t key = seed;
  key = splitmix(key, 0) ^ static_cast<std::uint64_t>(purpose);
  key = splitmix(key, 0) ^ index;
  for (std::size_t i = 0; i < state_.size(); ++i) state_[i] = splitmix(key, i);
}

std::uint64_t Stream::below(std::uint64_t n) {
  __extension__ using Wide = unsigned __int128;
  Wide product = static_cast<Wide>((*this)()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t threshold = -n % n;
    while (static_cast<std::uint64_t>(product) < threshold) product = static_cast<Wide>((*this)()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

double Stream::normal() { return boost::random::normal_distribution<double>{}(*this); }

double Stream::exponential() { return boost::random::exponential_distribution<double>{}(*this); }

}  // namespace rhoam::core
