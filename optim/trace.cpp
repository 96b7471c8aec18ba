#include "optim/trace.h"

#include <vector>

#include "optim/kernel.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
class Trace final : public Transform<Scalar> {
 public:
  Trace(const TraceOptions& options, std::size_t size)
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

  void apply(const Block<Scalar>& block) override {
    const auto heavy_ball = [in = block.in, m = &m_[block.begin], keep = keep_, take = take_](std::size_t i) {
      return m[i] = keep * m[i] + take * in[i];
    };
    const auto look_ahead = [in = block.in, m = &m_[block.begin], keep = keep_, take = take_](std::size_t i) {
      const Scalar u = take * in[i];
      m[i] = keep * m[i] + u;
      return u + keep * m[i];
    };
    nesterov_ ? rewrite(block, look_ahead) : rewrite(block, heavy_ball);
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
Stage<Scalar> trace(const TraceOptions& options, std::size_t size) {
  if (!differs(options.momentum, 0)) return nullptr;
  return std::make_unique<Trace<Scalar>>(options, size);
}

template Stage<float> trace(const TraceOptions&, std::size_t);
template Stage<double> trace(const TraceOptions&, std::size_t);

}  // namespace rhoam::optim
