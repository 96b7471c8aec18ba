#pragma once
#include <nlohmann/json_fwd.hpp>

#include "rhoam/core/thread_pool.h"
#include "rhoam/tests/golden/golden_report.h"

namespace rhoam::golden {

/// What the README beside the reference files asks of each kind of file recorded from Gymnasium.
/// All throw what nlohmann::json or CorruptError throw when the file is malformed.

/// CartPole teacher-forced (1e-12), free-running (1e-9 for 100 steps), and its time limit.
FileReport check_cartpole(const nlohmann::json& file);

/// LunarLander, discrete or continuous, with or without wind: open-loop replay of the recorded draws and
/// actions.
FileReport check_lunar_lander(const nlohmann::json& file);

/// As many episodes as recorded, with seeds of our own, against the recorded distribution.
FileReport check_distributions(const nlohmann::json& file, core::ThreadPool& pool);

}  // namespace rhoam::golden
