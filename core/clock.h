#pragma once
#include <cstdint>
#include <string>

namespace rhoam::core {

/// Progress of a training. Every schedule, drift and ρ is a function of one of these counts.
struct Clocks {
  std::int64_t steps = 0;     ///< environment steps, summed over all rows
  std::int64_t updates = 0;   ///< optimizer steps (PPO: minibatches) of one network
  std::int64_t episodes = 0;  ///< finished episodes, summed over all rows
  double episode_length = 0;  ///< mean of recent episodes, in steps; 0 before the first has ended
  // Measured over recent iterations of the network that reads the clocks; 0 before the first has ended.
  double steps_per_update = 0;
  double episodes_per_update = 0;
};

enum class Clock { steps, updates, episodes };

/// The count that `clock` names.
inline std::int64_t read(const Clocks& clocks, Clock clock) {
  switch (clock) {
    case Clock::steps:
      return clocks.steps;
    case Clock::updates:
      return clocks.updates;
    case Clock::episodes:
      return clocks.episodes;
  }
  return 0;
}

/// "steps", "updates" or "episodes".
const char* name(Clock clock);

/// Rates of the clocks of a training relative to each other: as planned until they are measured.
struct ClockRates {
  double steps_per_update = 1;
  double steps_per_episode = 1;    ///< the time limit, until an episode has ended
  double episodes_per_update = 0;  ///< above 0 where an update waits for finished episodes, not for steps

  /// These rates with the length of episodes and the pace of updates as measured, where they have been.
  ClockRates at(const Clocks& clocks) const;
};

/// A length of time on one clock, such as 50updates or 20000steps.
struct Timescale {
  double value = 0;
  Clock clock = Clock::steps;
  /// The same length in the unit of another clock.
  double in(Clock other, const ClockRates& rates) const;
};

/// Parses "400", "400steps", "50updates", "40episodes"; a bare number counts `bare`.
/// Throws UsageError naming the text when the number is not positive and finite, or the clock is unknown.
Timescale parse_timescale(const std::string& text, Clock bare = Clock::steps);

/// Text that parse_timescale reads back, such as "50updates".
std::string to_string(const Timescale& timescale);

}  // namespace rhoam::core
