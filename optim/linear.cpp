#include "rhoam/optim/linear.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
class AddDecayedWeights final : public Transform<Scalar> {
 public:
  AddDecayedWeights(const core::Schedule& weight, const core::Schedule& factor)
      : weight_("weight-decay", weight, kNonNegative), factor_("weight-decay-factor", factor, kNonNegative) {}

  void begin(const Moment& moment) override {
    now_ = static_cast<Scalar>(weight_.at(moment.clocks) * factor_.at(moment.clocks));
  }
  Light<Scalar> light() const override { return {LightKind::pull, now_}; }
  void list_state(State<Scalar>& state) override {
    state.hypers.insert(state.hypers.end(), {&weight_, &factor_});
  }

 private:
  Hyper weight_, factor_;
  Scalar now_ = 0;
};

template <class Scalar>
class ScaleBy final : public Transform<Scalar> {
 public:
  explicit ScaleBy(const core::Schedule& factor) : factor_("scale", factor, {}) {}

  void begin(const Moment& moment) override { now_ = static_cast<Scalar>(factor_.at(moment.clocks)); }
  Light<Scalar> light() const override { return {LightKind::scale, now_}; }
  void list_state(State<Scalar>& state) override { state.hypers.push_back(&factor_); }

 private:
  Hyper factor_;
  Scalar now_ = 1;
};

}  // namespace

template <class Scalar>
Stage<Scalar> add_decayed_weights(const core::Schedule& weight, const core::Schedule& factor) {
  if (!differs(weight, 0)) return nullptr;
  return std::make_unique<AddDecayedWeights<Scalar>>(weight, factor);
}

template <class Scalar>
Stage<Scalar> scale_by(const core::Schedule& factor) {
  if (!differs(factor, 1)) return nullptr;
  return std::make_unique<ScaleBy<Scalar>>(factor);
}

template Stage<float> add_decayed_weights(const core::Schedule&, const core::Schedule&);
template Stage<double> add_decayed_weights(const core::Schedule&, const core::Schedule&);
template Stage<float> scale_by(const core::Schedule&);
template Stage<double> scale_by(const core::Schedule&);

}  // namespace rhoam::optim
