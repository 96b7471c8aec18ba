#pragma once
#include <string>
#include <vector>

#include "rhoam/envs/vector_env.h"

namespace rhoam::agents {

/// Rows whose episodes have a fixed length each; one continuous action, which is the reward.
class FixedEpisodes final : public envs::VectorEnv {
 public:
  explicit FixedEpisodes(std::vector<int> lengths) : lengths_(std::move(lengths)) {
    spec_.id = "FixedEpisodes";
    spec_.observation = {{0, 1}};
    spec_.action.bounds = {{-1, 1}};
    spec_.max_episode_steps = 100;
  }
  const envs::EnvSpec& spec() const override { return spec_; }
  int size() const override { return static_cast<int>(lengths_.size()); }
  void reset(std::uint64_t, envs::StepBatch& batch) override {
    batch.resize(size(), 1);
    age_.assign(lengths_.size(), 0);
    returns_.assign(lengths_.size(), 0);
    parked.assign(lengths_.size(), false);
  }
  void step(std::span<const float> actions, envs::StepBatch& batch) override {
    for (std::size_t row = 0; row < lengths_.size(); ++row) {
      if (parked[row]) continue;
      returns_[row] += batch.reward[row] = actions[row];
      batch.terminated[row] = ++age_[row] == lengths_[row];
      if (!batch.terminated[row]) continue;
      batch.episode_return[row] = returns_[row];
      batch.episode_length[row] = age_[row];
      age_[row] = 0;
      returns_[row] = 0;
    }
  }
  void park(int row) override { parked[row] = true; }
  void hold_ends() override {}
  std::uint64_t state_hash() const override { return 0; }
  void draw(int, envs::DrawList&) const override {}
  void set_param(const std::string&, double) override {}
  std::vector<ParamInfo> params() const override { return {}; }
  void save(core::Tensors&, const std::string&) const override {}
  void load(const core::Tensors&, const std::string&) override {}
  void load_world(const core::Tensors&, const std::string&) override {}

  std::vector<bool> parked;

 private:
  envs::EnvSpec spec_;
  std::vector<int> lengths_, age_;
  std::vector<double> returns_;
};

}  // namespace rhoam::agents
