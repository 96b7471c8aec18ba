#include "rhoam/core/clock.h"

#include <array>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

constexpr std::array kClocks = {Clock::steps, Clock::updates, Clock::episodes};

double steps_per(Clock clock, const ClockRates& rates) {
  switch (clock) {
    case Clock::steps:
      return 1;
    case Clock::updates:
      return rates.steps_per_update;
    case Clock::episodes:
      return rates.steps_per_episode;
  }
  return 1;
}

Clock parse_clock(std::string_view word, const std::string& text) {
  std::vector<std::string> names;
  for (const auto clock : kClocks) {
    if (word == name(clock)) return clock;
    names.emplace_back(name(clock));
  }
  throw UsageError("'" + text + "' counts an unknown clock: allowed are " + join(names) +
                   did_you_mean(word, names));
}

}  // namespace

const char* name(Clock clock) {
  switch (clock) {
    case Clock::steps:
      return "steps";
    case Clock::updates:
      return "updates";
    case Clock::episodes:
      return "episodes";
  }
  return "";
}

ClockRates ClockRates::at(const Clocks& clocks) const {
  ClockRates now = *this;
  if (clocks.episode_length > 0) now.steps_per_episode = clocks.episode_length;
  if (episodes_per_update > 0) {
    if (clocks.episodes_per_update > 0) now.episodes_per_update = clocks.episodes_per_update;
    now.steps_per_update = now.episodes_per_update * now.steps_per_episode;
  } else if (clocks.steps_per_update > 0) {
    now.steps_per_update = clocks.steps_per_update;
  }
  return now;
}

double Timescale::in(Clock other, const ClockRates& rates) const {
  return other == clock ? value : value * steps_per(clock, rates) / steps_per(other, rates);
}

Timescale parse_timescale(const std::string& text, Clock bare) {
  const auto digits = std::min(text.find_last_of("0123456789."), text.size() - 1) + 1;
  const auto value = parse_double(std::string_view(text).substr(0, digits));
  if (!value || *value <= 0) {
    throw UsageError("'" + text +
                     "' is not a length of time such as 400, 20000steps, 50updates or 40episodes");
  }
  const auto word = std::string_view(text).substr(digits);
  return {*value, word.empty() ? bare : parse_clock(word, text)};
}

std::string to_string(const Timescale& timescale) {
  return format_double(timescale.value) + name(timescale.clock);
}

}  // namespace rhoam::core
