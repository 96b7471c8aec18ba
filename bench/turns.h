#pragma once
#include <functional>
#include <vector>

namespace rhoam::bench {

/// Function to be timed; it does the same work at every call.
using Body = std::function<void()>;

/// CPU time of the calling thread, which other programs disturb less; or wall time, to measure several
/// threads together.
enum class Time { cpu, wall };

/// Seconds per call of each body that `make` returns. They run in turns of a few milliseconds, so that other
/// load on the machine affects all of them equally; from time to time they are made again, since the memory
/// that they get makes a difference. The result is the best turn of each body.
std::vector<double> time_in_turns(const std::function<std::vector<Body>()>& make, Time time = Time::cpu);

}  // namespace rhoam::bench
