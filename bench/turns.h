#pragma once
#include <functional>
#include <span>
#include <vector>

namespace rhoam::bench {

/// What is timed; it does the same work at every call.
using Body = std::function<void()>;

/// CPU time of the calling thread, which other programs disturb less; or the time of day, which counts what
/// several threads do together.
enum class Time { cpu, wall };

/// Seconds per call of each body. They run in turns, some milliseconds each, so that whatever else the
/// machine does meets all of them alike; of its turns each body keeps its best.
std::vector<double> time_in_turns(std::span<const Body> bodies, Time time = Time::cpu);

}  // namespace rhoam::bench
