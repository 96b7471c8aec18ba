#include "rhoam/core/schedule_kinds.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

using enum ScheduleKey;

double constant(ScheduleState& s, double) { return get(s, value); }

// Fraction of the way completed, 0 … 1.
double progress(const ScheduleState& s, double t) {
  const double begin = get(s, warmup), end = get(s, over);
  return t < end ? (t - begin) / (end - begin) : 1;
}

double linear(ScheduleState& s, double t) { return std::lerp(get(s, from), get(s, to), progress(s, t)); }

double half_wave(const ScheduleState& s, double done) {
  return std::lerp(get(s, to), get(s, from), (1 + std::cos(std::numbers::pi * done)) / 2);
}

double cosine(ScheduleState& s, double t) { return half_wave(s, progress(s, t)); }

// Loshchilov & Hutter 2017, eq. 5, with time counted in first periods: period i is factor^i long.
double restarts(ScheduleState& s, double t) {
  const double time = (t - get(s, warmup)) / get(s, period), growth = get(s, factor) - 1;
  const auto length = [&](double i) { return std::pow(get(s, factor), i); };
  const auto begin = [&](double i) { return growth == 0 ? i : (length(i) - 1) / growth; };
  double i = std::floor(growth == 0 ? time : std::log1p(time * growth) / std::log1p(growth));
  if (time >= begin(i + 1)) ++i;  // where the logarithm was rounded down
  return half_wave(s, std::clamp((time - begin(i)) / length(i), 0.0, 1.0));
}

// Rises to the first value before everything else.
template <double (*then)(ScheduleState&, double)>
double warmed_up(ScheduleState& s, double t) {
  return t < get(s, warmup) ? get(s, from) * (t / get(s, warmup)) : then(s, t);
}

double power(ScheduleState& s, double t) {
  return get(s, from) * std::pow(1 + t / get(s, tau), -get(s, exponent));
}

// Number of the times that have passed.
std::size_t passed(const ScheduleState& s, double t) {
  return static_cast<std::size_t>(std::upper_bound(s.times.begin(), s.times.end(), t) - s.times.begin());
}

double steps(ScheduleState& s, double t) { return s.values[passed(s, t)]; }

double knots(ScheduleState& s, double t) {
  const std::size_t i = passed(s, t);
  if (i == s.times.size()) return s.values.back();
  const double begin = i == 0 ? 0 : s.times[i - 1];
  return std::lerp(s.values[i], s.values[i + 1], (t - begin) / (s.times[i] - begin));
}

double sine(ScheduleState& s, double t) {
  const double angle = 2 * std::numbers::pi * std::fmod(t / get(s, period) + get(s, phase), 1);
  const auto [least, most] = std::minmax({get(s, low), get(s, high)});
  const double swing = get(s, high) / 2 - get(s, low) / 2;  // halves first: the difference may overflow
  // Rounded, the sum can lie beyond the crest.
  return std::clamp(std::midpoint(get(s, high), get(s, low)) + swing * std::sin(angle), least, most);
}

double square(ScheduleState& s, double t) {
  const double first_switch = get(s, first) > 0 ? get(s, first) : get(s, dwell);
  const double switches = t < first_switch ? 0 : 1 + std::floor((t - first_switch) / get(s, dwell));
  return get(s, std::fmod(switches, 2) == 0 ? low : high);
}

// Only a damaged clock leaves so many events between two calls, and drawing them would take forever.
void demand_few(double events) {
  constexpr double kMostEvents = 1 << 27;
  if (events > kMostEvents)
    throw CorruptError("a random schedule is " + format_double(std::round(events)) +
                       " events behind its training");
}

double telegraph(ScheduleState& s, double t) {
  if (!std::exchange(s.started, true)) {
    s.level = get(s, s.stream.below(2) == 0 ? low : high);
    s.next = get(s, dwell) * s.stream.exponential();
  }
  demand_few((t - s.next) / get(s, dwell));
  for (; t >= s.next; s.next += get(s, dwell) * s.stream.exponential()) {
    s.level = get(s, s.level == get(s, low) ? high : low);
  }
  return s.level;
}

// The exact solution of the Ornstein-Uhlenbeck equation from one unit of the clock to the next.
double ou(ScheduleState& s, double t) {
  if (!std::exchange(s.started, true)) {
    s.level = get(s, center) + get(s, amplitude) * s.stream.normal();
    s.next = 1;
  }
  demand_few(t - s.next);
  const double kept = std::exp(-1 / get(s, tau));
  const double kick = get(s, amplitude) * std::sqrt(-std::expm1(-2 / get(s, tau)));
  for (; t >= s.next; ++s.next) {
    s.level = get(s, center) + kept * (s.level - get(s, center)) + kick * s.stream.normal();
  }
  return s.level;
}

double walk(ScheduleState& s, double t) {
  if (!std::exchange(s.started, true)) {
    s.level = get(s, from);
    s.next = get(s, every);
  }
  demand_few((t - s.next) / get(s, every));
  for (; t >= s.next; s.next += get(s, every)) s.level += get(s, scale) * s.stream.normal();
  return s.level;
}

double growth(ScheduleState& s, double t) {
  constexpr double kMost = 700;  // e to the power of more overflows, and 0 times infinity is NaN
  return get(s, from) * std::exp(std::min(t / get(s, tau), kMost));
}

double burst(ScheduleState& s, double t) {
  return get(s, t >= get(s, every) && std::fmod(t, get(s, every)) < get(s, length) ? high : low);
}

constexpr KeyUse kConstant[] = {{value, kRequired}};
constexpr KeyUse kWay[] = {{from, kRequired}, {to, kRequired}, {over, kWhole}, {warmup, 0}};
constexpr KeyUse kRestarts[] = {
    {from, kRequired}, {to, kRequired}, {period, kRequired}, {factor, 1}, {warmup, 0}};
constexpr KeyUse kPower[] = {{from, kRequired}, {exponent, 0.5}, {tau, 1}};
constexpr KeyUse kPieces[] = {{at, kRequired}, {values, kRequired}};
constexpr KeyUse kSine[] = {{period, kRequired}, {low, 0},       {high, 1},
                            {center, 0},         {amplitude, 0}, {phase, 0}};
constexpr KeyUse kSquare[] = {{dwell, kRequired}, {low, 0},       {high, 1},
                              {center, 0},        {amplitude, 0}, {first, 0}};
constexpr KeyUse kTelegraph[] = {{dwell, kRequired}, {low, 0}, {high, 1}, {center, 0}, {amplitude, 0}};
constexpr KeyUse kOu[] = {{tau, kRequired}, {amplitude, kRequired}, {center, 0}};
constexpr KeyUse kWalk[] = {{scale, kRequired}, {every, kRequired}, {from, 0}};
constexpr KeyUse kGrowth[] = {{tau, kRequired}, {from, 1}};
constexpr KeyUse kBurst[] = {{every, kRequired}, {length, kRequired}, {low, 0}, {high, 1}};

constexpr ScheduleKind kTable[] = {
    {"constant", "one value; a bare number says the same", constant, kConstant},
    {"linear", "a straight line, then the last value; warmup: rises from 0 to from first", warmed_up<linear>,
     kWay},
    {"cosine", "half a cosine wave, then the last value; warmup as linear", warmed_up<cosine>, kWay},
    {"restarts", "half a cosine wave in each period, the next one factor times as long; warmup as linear",
     warmed_up<restarts>, kRestarts, period},
    {"power", "from/(1 + t/tau)^exponent", power, kPower},
    {.name = "steps",
     .help = "values/of/the/pieces between times/of/the/changes",
     .value = steps,
     .keys = kPieces,
     .jumps = true},
    {"knots", "straight lines between values/at/the/knots: the first at 0, the others at times/of/the/knots",
     knots, kPieces},
    {"sine", "a wave from the middle upwards; phase in periods", sine, kSine, period},
    {.name = "square",
     .help = "low and high in turn, starting low; first: the first switch (one dwell), random draws it",
     .value = square,
     .keys = kSquare,
     .timescale = dwell,
     .jumps = true},
    {.name = "telegraph",
     .help = "switches at random, on average every dwell",
     .value = telegraph,
     .keys = kTelegraph,
     .timescale = dwell,
     .random = true,
     .jumps = true},
    {"ou", "Ornstein-Uhlenbeck: amplitude is its stationary s.d., tau its correlation time", ou, kOu, tau,
     true},
    {"walk", "a random walk: a normal step of this scale, every so often", walk, kWalk, std::nullopt, true},
    {"growth", "grows by a factor of e in each tau", growth, kGrowth, tau},
    {.name = "burst",
     .help = "high for a length of time, every so often, low before and between",
     .value = burst,
     .keys = kBurst,
     .timescale = every,
     .jumps = true},
};

}  // namespace

std::span<const ScheduleKind> schedule_table() { return kTable; }

}  // namespace rhoam::core
