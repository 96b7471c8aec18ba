#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/envs/vector_env.h"

namespace rhoam::envs {

/// Forwards every call to the environments that it wraps. Wrappers derive from it and override only what they
/// change.
class EnvWrapper : public VectorEnv {
 public:
  explicit EnvWrapper(std::unique_ptr<VectorEnv> inner) : inner_(std::move(inner)) {}

  const EnvSpec& spec() const override { return inner_->spec(); }
  int size() const override { return inner_->size(); }
  void reset(std::uint64_t seed, StepBatch& batch) override { inner_->reset(seed, batch); }
  void step(std::span<const float> actions, StepBatch& batch) override { inner_->step(actions, batch); }
  void park(int row) override { inner_->park(row); }
  void hold_ends() override { inner_->hold_ends(); }
  void set_param(const std::string& name, double value) override { inner_->set_param(name, value); }
  std::vector<ParamInfo> params() const override { return inner_->params(); }
  bool set_clocks(const core::Clocks& clocks) override { return inner_->set_clocks(clocks); }
  void save(core::Tensors& out, const std::string& prefix) const override { inner_->save(out, prefix); }
  void load(const core::Tensors& in, const std::string& prefix) override { inner_->load(in, prefix); }
  void load_world(const core::Tensors& in, const std::string& prefix) override {
    inner_->load_world(in, prefix);
  }
  std::uint64_t state_hash() const override { return inner_->state_hash(); }
  void draw(int row, DrawList& out) const override { inner_->draw(row, out); }
  std::span<const float> executed(int row) const override { return inner_->executed(row); }

 protected:
  VectorEnv& inner() { return *inner_; }
  const VectorEnv& inner() const { return *inner_; }

 private:
  std::unique_ptr<VectorEnv> inner_;
};

}  // namespace rhoam::envs
