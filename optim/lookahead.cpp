#include "rhoam/optim/lookahead.h"

#include <algorithm>
#include <vector>

#include "rhoam/optim/kernel.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
class Lookahead final : public Transform<Scalar> {
 public:
  Lookahead(const LookaheadOptions& options, std::size_t size)
      : pull_("lookahead-pull", options.pull, {.low = 0, .high = 1}), every_(options.every), slow_(size) {}

  void begin(const Moment& moment) override {
    first_ = moment.t == 1;
    meets_ = moment.t % every_ == 0;
    now_pull_ = static_cast<Scalar>(pull_.at(moment.clocks));
  }

  void apply(const Block<Scalar>& block) override {
    Scalar* slow = &slow_[block.begin];
    if (first_) std::copy_n(block.theta, block.size, slow);
    if (!meets_ || block.rate == 0) return rewrite(block, [](std::size_t, Scalar u) { return u; });
    rewrite(
        block,
        [=, theta = block.theta, rate = block.rate, pull = now_pull_](std::size_t i, Scalar u) {
          slow[i] += pull * (theta[i] - rate * u - slow[i]);
          return (theta[i] - slow[i]) / rate;
        },
        slow, block.theta);
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.emplace_back("slow", slow_);
    state.hypers.push_back(&pull_);
  }

 private:
  Hyper pull_;
  std::int64_t every_;
  std::vector<Scalar> slow_;
  bool first_ = false, meets_ = false;
  Scalar now_pull_ = 0;
};

}  // namespace

template <class Scalar>
Stage<Scalar> lookahead(const LookaheadOptions& options, std::size_t size) {
  Hyper("lookahead", static_cast<double>(options.every), kNonNegative);
  if (options.every == 0) return nullptr;
  return std::make_unique<Lookahead<Scalar>>(options, size);
}

template Stage<float> lookahead(const LookaheadOptions&, std::size_t);
template Stage<double> lookahead(const LookaheadOptions&, std::size_t);

}  // namespace rhoam::optim
