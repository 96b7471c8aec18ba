#pragma once
#include <cstdint>
#include <string>

#include "rhoam/core/random.h"
#include "rhoam/core/schedule.h"
#include "rhoam/core/tensors.h"

namespace rhoam::agents {

/// Stream numbers of the schedules of a learner (core::Purpose::drift). An optimizer takes several from its
/// number on; those below 100 belong to the drifts of the world.
enum class ScheduleStream : std::uint64_t { actor = 100, critic = 200, entropy_coef = 300, clip_range = 301 };

/// Stores a stream as "streams/<name>".
void save_stream(core::Tensors& out, const std::string& name, const core::Stream& stream);

/// Restores it. Throws CorruptError, also on the state of zeros, which the generator would never leave.
void load_stream(const core::Tensors& in, const std::string& name, core::Stream& stream);

/// Restores a schedule that Schedule::save stored under `prefix`, with the same check: a random path without
/// randomness would never advance.
void load_schedule(const core::Tensors& in, const std::string& prefix, core::Schedule& schedule);

}  // namespace rhoam::agents
