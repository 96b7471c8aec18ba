#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "rhoam/envs/env_wrapper.h"
#include "rhoam/envs/perturbations.h"

namespace rhoam::envs {

/// A VectorEnv behind Perturbations, which are its own parameters after those of the environment. An action
/// is flipped, then permuted, then delayed by action-delay steps (action 0, or zeros, fills the first steps
/// of an episode), and may then be replaced by the row's previous one (Machado et al. 2018, sticky actions;
/// never the first of an episode). Observations, final ones too, are multiplied by the gain before noise is
/// added. Episode returns stay those of the environment. Row i has its own stream, and draws nothing while
/// observation-noise and sticky-actions are 0.
class Perturbed final : public EnvWrapper {
 public:
  explicit Perturbed(std::unique_ptr<VectorEnv> inner);

  const EnvSpec& spec() const override { return spec_; }
  void reset(std::uint64_t seed, StepBatch& batch) override;
  void step(std::span<const float> actions, StepBatch& batch) override;
  void park(int row) override;
  void hold_ends() override;
  std::uint64_t state_hash() const override;
  std::span<const float> executed(int row) const override {
    return std::span(executed_).subspan(static_cast<std::size_t>(row) * action_size_, action_size_);
  }
  void set_param(const std::string& name, double value) override;
  std::vector<ParamInfo> params() const override;
  void save(core::Tensors& out, const std::string& prefix) const override;
  void load(const core::Tensors& in, const std::string& prefix) override;
  void load_world(const core::Tensors& in, const std::string& prefix) override;

 private:
  struct Row {
    core::Stream stream;
    std::int64_t age = 0;  ///< steps of the running episode
    bool parked = false;
  };

  void start(std::uint64_t seed);
  Words row_words() const;
  /// Computes what row i of the environment executes: reads its action, writes its part of executed_.
  void act(std::size_t i, std::size_t shift, std::span<const float> action);
  void permute(std::span<const float> action, std::size_t shift, std::span<float> out) const;
  /// Slot in row i's ring for its action at step `age` of the episode.
  std::span<float> chosen(std::size_t i, std::int64_t age);
  /// Copies row i of raw_.
  void copy_row(std::size_t i, StepBatch& batch) const;
  /// Turns row i of the environment's answer into what the agent sees.
  void perturb_row(std::size_t i, StepBatch& batch);
  void perturb(std::span<float> obs, core::Stream& stream) const;
  void load_row(std::size_t i, WordReader& in);
  void demand(bool condition) const;

  Perturbations strength_;
  EnvSpec spec_;
  std::size_t action_size_;
  std::size_t places_;  ///< number of what a permutation moves: the actions, or the components of one
  std::size_t width_;
  std::vector<Row> rows_;
  std::vector<float> chosen_;    ///< rings of the last actions, flipped and permuted [N, kRing, A]
  std::vector<float> executed_;  ///< the last actions that the environment was given [N, A]
  std::ptrdiff_t parked_ = 0;    ///< number of parked rows
  bool holds_ends_ = false;
  StepBatch raw_;  ///< the environment's answer, while rows are parked
};

}  // namespace rhoam::envs
