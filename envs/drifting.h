#pragma once
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/core/range.h"
#include "rhoam/envs/drift.h"
#include "rhoam/envs/env_wrapper.h"

namespace rhoam::envs {

/// A VectorEnv whose parameters follow schedules. Values are clamped to the parameter's range (a random walk
/// has no bounds) and rounded where the parameter takes only whole numbers. advantage-scale is followed and
/// recorded once per step; the learner applies it, and may do so between minibatches. The schedules start
/// with the object, at their values for clocks of 0, and continue through every reset.
class Drifting final : public EnvWrapper {
 public:
  /// Values from a jump on.
  struct Change {
    core::Clocks clocks;
    std::vector<double> values;  ///< of all drifts
  };

  /// Takes bound drifts. Throws UsageError on a parameter that the world lacks (naming those it has) or that
  /// drifts twice, and on a schedule that leaves its range or, for a whole-number parameter, jumps to
  /// fractions.
  Drifting(std::unique_ptr<VectorEnv> inner, std::vector<Drift> drifts);

  /// The parameters that drift.
  std::span<const std::string> names() const { return names_; }
  /// Their current values.
  std::span<const double> values() const { return values_; }
  /// Every jump since the last call; the first call also returns the start.
  std::vector<Change> take_changes() { return std::exchange(changes_, {}); }

  bool set_clocks(const core::Clocks& clocks) override;
  void save(core::Tensors& out, const std::string& prefix) const override;
  void load(const core::Tensors& in, const std::string& prefix) override;

 private:
  /// One drift, with the allowed values of its parameter.
  struct Path {
    core::Schedule schedule;
    core::Range range;
    bool whole = false;
    bool of_world = true;
  };

  Path path_of(const Drift& drift) const;
  double value_at(Path& path, const core::Clocks& clocks) const;
  void apply(std::size_t i, double value);

  std::vector<std::string> names_;
  std::vector<Path> paths_;
  std::vector<double> values_;
  std::vector<Change> changes_;  ///< not yet taken
};

}  // namespace rhoam::envs
