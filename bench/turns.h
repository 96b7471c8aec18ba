#pragma once
#include <functional>
#include <vector>

namespace rhoam::bench {

/// What is timed; it does the same work at every call.
using Body = std::function<void()>;

/// CPU time of the calling thread, which other programs disturb less; or the time of day, which counts what
/// several threads do together.
enum class Time { cpu, wall };

/// Seconds per call of each body that `make` gives. They run in turns, some milliseconds each, so that
/// whatever else the machine does meets all of them alike; now and then they are made afresh, since which
/// memory they get makes a difference. Of its turns each body keeps its best.
std::vector<double> time_in_turns(const std::function<std::vector<Body>()>& make, Time time = Time::cpu);

}  // namespace rhoam::bench
