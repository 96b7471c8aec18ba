#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/envs/env_wrapper.h"

namespace rhoam::envs {

/// A VectorEnv whose observations or rewards pass through a filter on their way to the learner. Episode
/// returns and lengths stay those of the environment. A filter is a class:
///  - built from the unfiltered EnvSpec, the number of rows and further arguments
///  - `static constexpr const char* kName`: name of its state within a checkpoint
///  - `spec(EnvSpec)`: the spec after filtering
///  - `reset(batch)` and `step(batch)`: rewrite the batch in place
///  - `save(Tensors&, prefix)`, `load(const Tensors&, prefix)`, and `load_world(const Tensors&, prefix)` for
///    the state that does not belong to the rows
template <class Filter>
class Filtered final : public EnvWrapper {
 public:
  template <class... Arguments>
  explicit Filtered(std::unique_ptr<VectorEnv> inner, Arguments&&... arguments)
      : EnvWrapper(std::move(inner)),
        filter_(this->inner().spec(), this->inner().size(), std::forward<Arguments>(arguments)...),
        spec_(filter_.spec(this->inner().spec())) {}

  /// The filter itself, for its statistics and switches.
  Filter& filter() { return filter_; }
  const Filter& filter() const { return filter_; }

  const EnvSpec& spec() const override { return spec_; }
  void reset(std::uint64_t seed, StepBatch& batch) override {
    inner().reset(seed, raw_);
    batch = raw_;
    filter_.reset(batch);
  }
  void step(std::span<const float> actions, StepBatch& batch) override {
    inner().step(actions, raw_);
    batch = raw_;
    filter_.step(batch);
  }
  // A filter has no physics: state_hash stays.
  void save(core::Tensors& out, const std::string& prefix) const override {
    inner().save(out, prefix);
    filter_.save(out, prefix + "/" + Filter::kName);
  }
  void load(const core::Tensors& in, const std::string& prefix) override {
    inner().load(in, prefix);
    filter_.load(in, prefix + "/" + Filter::kName);
  }
  void load_world(const core::Tensors& in, const std::string& prefix) override {
    inner().load_world(in, prefix);
    filter_.load_world(in, prefix + "/" + Filter::kName);
  }

 private:
  Filter filter_;
  EnvSpec spec_;
  StepBatch raw_;  // filtering in place would filter a parked row again at every step
};

}  // namespace rhoam::envs
