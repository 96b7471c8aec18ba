#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/envs/vector_env.h"

namespace rhoam::envs {

/// A VectorEnv whose observations or rewards pass through a filter on their way to the learner. Episode
/// returns and lengths stay those of the environment. What a filter is:
///  - built from the unfiltered EnvSpec, the number of rows and further arguments
///  - `static constexpr const char* kName`: where its state lies within a checkpoint
///  - `spec(EnvSpec)`: the facts after filtering
///  - `reset(batch)` and `step(batch)`: rewrite the batch in place
///  - `save(Tensors&, prefix)`, `load(const Tensors&, prefix)`, and `load_world(const Tensors&, prefix)` for
///  what does not belong to the rows
template <class Filter>
class Filtered final : public VectorEnv {
 public:
  template <class... Arguments>
  explicit Filtered(std::unique_ptr<VectorEnv> inner, Arguments&&... arguments)
      : inner_(std::move(inner)),
        filter_(inner_->spec(), inner_->size(), std::forward<Arguments>(arguments)...),
        spec_(filter_.spec(inner_->spec())) {}

  /// The filter itself, for its statistics and switches.
  Filter& filter() { return filter_; }
  const Filter& filter() const { return filter_; }

  const EnvSpec& spec() const override { return spec_; }
  int size() const override { return inner_->size(); }
  void reset(std::uint64_t seed, StepBatch& batch) override {
    inner_->reset(seed, raw_);
    batch = raw_;
    filter_.reset(batch);
  }
  void step(std::span<const float> actions, StepBatch& batch) override {
    inner_->step(actions, raw_);
    batch = raw_;
    filter_.step(batch);
  }
  void park(int row) override { inner_->park(row); }
  void hold_ends() override { inner_->hold_ends(); }
  std::uint64_t state_hash() const override { return inner_->state_hash(); }  // a filter is no physics
  void draw(int row, DrawList& out) const override { inner_->draw(row, out); }
  std::span<const float> executed(int row) const override { return inner_->executed(row); }
  void set_param(const std::string& name, double value) override { inner_->set_param(name, value); }
  std::vector<ParamInfo> params() const override { return inner_->params(); }
  bool set_clocks(const core::Clocks& clocks) override { return inner_->set_clocks(clocks); }
  void save(core::Tensors& out, const std::string& prefix) const override {
    inner_->save(out, prefix);
    filter_.save(out, prefix + "/" + Filter::kName);
  }
  void load(const core::Tensors& in, const std::string& prefix) override {
    inner_->load(in, prefix);
    filter_.load(in, prefix + "/" + Filter::kName);
  }
  void load_world(const core::Tensors& in, const std::string& prefix) override {
    inner_->load_world(in, prefix);
    filter_.load_world(in, prefix + "/" + Filter::kName);
  }

 private:
  std::unique_ptr<VectorEnv> inner_;
  Filter filter_;
  EnvSpec spec_;
  StepBatch raw_;  // filtering in place would filter a parked row again at every step
};

}  // namespace rhoam::envs
