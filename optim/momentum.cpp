#include "rhoam/optim/momentum.h"

#include <vector>

#include "rhoam/optim/kernel.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
class Trace final : public Transform<Scalar> {
 public:
  Trace(const MomentumOptions& options, std::size_t size)
      : momentum_("momentum", options.momentum, kDecay),
        dampening_("dampening", options.dampening, {.low = 0, .high = 1}),
        ema_(options.ema),
        nesterov_(options.nesterov),
        m_(size) {}

  void begin(const Moment& moment) override {
    const double momentum = momentum_.at(moment.clocks);
    const double enters = ema_ ? 1 - momentum : moment.t == 1 ? 1 : 1 - dampening_.at(moment.clocks);
    keep_ = static_cast<Scalar>(momentum);
    take_ = static_cast<Scalar>(enters);
  }

  Momentum<Scalar> momentum(std::size_t begin) override {
    return {.m = m_.data() + begin,
            .keep = keep_,
            .take = take_,
            .direct = nesterov_ ? Scalar(1) : Scalar(0),
            .through = nesterov_ ? keep_ : Scalar(1)};
  }

  void apply(const Block<Scalar>& block) override {
    rewrite(
        block,
        [m = &m_[block.begin], momentum = momentum(block.begin)](std::size_t i, Scalar u) {
          return momentum.through_momentum(u, m[i]);
        },
        &m_[block.begin]);
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.emplace_back("momentum", m_);
    state.hypers.push_back(&momentum_);
  }

 private:
  Hyper momentum_, dampening_;
  bool ema_, nesterov_;
  std::vector<Scalar> m_;
  Scalar keep_ = 0, take_ = 1;
};

}  // namespace

template <class Scalar>
Stage<Scalar> trace(const MomentumOptions& options, std::size_t size) {
  if (!differs(options.momentum, 0)) return nullptr;
  return std::make_unique<Trace<Scalar>>(options, size);
}

template Stage<float> trace(const MomentumOptions&, std::size_t);
template Stage<double> trace(const MomentumOptions&, std::size_t);

}  // namespace rhoam::optim
