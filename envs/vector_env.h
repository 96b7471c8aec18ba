#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/envs/draw_list.h"
#include "rhoam/envs/env.h"

namespace rhoam::envs {

/// One time slice of N rows. With same-step autoreset `obs` of an ended row is the first observation of its
/// next episode and `final_obs` the last one of the ended episode; for rows that go on, `final_obs` is
/// unspecified.
struct StepBatch {
  std::vector<float> obs;                ///< [N, D]
  std::vector<float> final_obs;          ///< [N, D], valid where terminated or truncated
  std::vector<float> reward;             ///< [N], as the learner sees it (a wrapper may rescale it)
  std::vector<std::uint8_t> terminated;  ///< [N], the environment's own ending
  std::vector<std::uint8_t> truncated;   ///< [N], the time limit, only where not terminated
  std::vector<double>
      episode_return;  ///< [N], undiscounted, in the environment's own rewards; valid where ended
  std::vector<std::int64_t> episode_length;  ///< [N], valid where ended
  std::vector<double> regret;  ///< [N], of the actions, where the environment knows it; else empty

  bool ended(int row) const { return terminated[row] || truncated[row]; }
  void resize(int rows, int observation_size);
};

/// N copies of an environment stepped together. Row i owns its random stream (seed, i) and its world; results
/// do not depend on the number of threads. The owner calls one method at a time.
class VectorEnv {
 public:
  virtual ~VectorEnv() = default;
  virtual const EnvSpec& spec() const = 0;
  virtual int size() const = 0;
  /// Starts every row afresh from `seed`; fills `batch.obs`.
  virtual void reset(std::uint64_t seed, StepBatch& batch) = 0;
  /// `actions` [N, A]; see ActionSpace. Fills every field of `batch`.
  virtual void step(std::span<const float> actions, StepBatch& batch) = 0;
  /// Skips a row in later steps until the next reset: its part of the batch stays unchanged, its action is
  /// ignored.
  virtual void park(int row) = 0;
  /// From now on a row that ends is parked in its final state instead of starting its next episode.
  virtual void hold_ends() = 0;
  /// Sets a world parameter in every row. Throws UsageError naming the allowed names or range.
  virtual void set_param(const std::string& name, double value) = 0;
  /// Name, current value, range and unit of every parameter, in the order of the table.
  struct ParamInfo {
    std::string name;
    double value;
    double low, high;  ///< inclusive
    std::string unit;
    bool whole = false;  ///< only whole numbers
  };
  virtual std::vector<ParamInfo> params() const = 0;
  /// Advances drifts and moving worlds to these clocks, which never decrease. True when a drift has jumped,
  /// so that an optimizer may forget.
  virtual bool set_clocks(const core::Clocks&) { return false; }
  /// The full state: worlds, streams, running episodes. `load` throws CorruptError on state of another
  /// environment or size.
  virtual void save(core::Tensors& out, const std::string& prefix) const = 0;
  virtual void load(const core::Tensors& in, const std::string& prefix) = 0;
  /// Loads only the world, frozen, from the saved state of any number of rows: parameters, what the rows
  /// share, normalisation statistics. To be followed by a reset. Throws CorruptError.
  virtual void load_world(const core::Tensors& in, const std::string& prefix) = 0;
  /// A hash of everything that determines the future: parameters, physics, streams, running episodes.
  virtual std::uint64_t state_hash() const = 0;
  /// Adds the picture of a row; nothing where the environment cannot be drawn.
  virtual void draw(int row, DrawList& out) const = 0;
  /// Where a wrapper may change actions: the action [A] that the environment itself received in a row's last
  /// step, valid until the next one. Elsewhere empty: it receives the action given to `step`.
  virtual std::span<const float> executed(int) const { return {}; }
};

/// `rows` copies of a registered environment; rows run on the pool when there is one (borrowed; may be null).
/// Throws UsageError on an unknown id, with the nearest one, or when `rows` is not positive.
std::unique_ptr<VectorEnv> make_vector_env(const std::string& id, int rows, core::ThreadPool* pool);

}  // namespace rhoam::envs
