#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/envs/state_io.h"

namespace rhoam::envs {

/// Everything needed to replay a running episode: the stream and the parameters at its reset, the actions and
/// the parameter changes since.
class Recording {
 public:
  struct Change {
    std::int64_t step;   ///< actions taken before the change
    std::int64_t param;  ///< index into the environment's table
    double value;
  };

  void start(const core::Stream::State& stream, std::span<const double> params) {
    stream_ = stream;
    params_.assign(params.begin(), params.end());
    actions_.clear();
    changes_.clear();
  }
  void act(std::span<const float> action) { actions_.insert(actions_.end(), action.begin(), action.end()); }
  void change(const Change& change) { changes_.push_back(change); }
  void reserve(std::size_t floats) { actions_.reserve(floats); }

  const core::Stream::State& stream() const { return stream_; }
  std::span<const double> params() const { return params_; }
  std::span<const float> actions() const { return actions_; }
  std::span<const Change> changes() const { return changes_; }

  void save(Words& out) const;
  /// Reads what `save` wrote for an environment with `params` parameters, after actions of `floats` floats in
  /// all. Throws CorruptError.
  void load(WordReader& in, std::size_t params, std::size_t floats);

 private:
  core::Stream::State stream_{};
  std::vector<double> params_;
  std::vector<float> actions_;
  std::vector<Change> changes_;
};

}  // namespace rhoam::envs
