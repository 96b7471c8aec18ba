#include "rhoam/bench/turns.h"

#include <time.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace rhoam::bench {
namespace {

// Seconds.
constexpr double kTurn = 2e-3;
constexpr double kBetweenMakes = 0.15;
constexpr double kTotal = 0.6;
constexpr int kFewestRounds = 4;

double now(Time time) {
  timespec spec{};
  clock_gettime(time == Time::cpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &spec);
  return static_cast<double>(spec.tv_sec) + 1e-9 * static_cast<double>(spec.tv_nsec);
}

double run(const Body& body, int calls, Time time) {
  const double start = now(time);
  for (int i = 0; i < calls; ++i) body();
  return now(time) - start;
}

/// Number of calls that fill a turn; also warms up the body.
int calls_of_a_turn(const Body& body, Time time) {
  body();
  int calls = 1;
  while (run(body, calls, time) < kTurn / 2) calls *= 2;
  return calls;
}

void keep_best(const std::vector<Body>& bodies, Time time, std::vector<double>& best) {
  best.resize(bodies.size(), std::numeric_limits<double>::infinity());
  const double start = now(Time::wall);
  std::vector<int> calls;
  for (const Body& body : bodies) calls.push_back(calls_of_a_turn(body, time));
  for (int round = 0; round < kFewestRounds || now(Time::wall) - start < kBetweenMakes; ++round)
    for (std::size_t i = 0; i < bodies.size(); ++i)
      best[i] = std::min(best[i], run(bodies[i], calls[i], time) / calls[i]);
}

}  // namespace

std::vector<double> time_in_turns(const std::function<std::vector<Body>()>& make, Time time) {
  std::vector<double> best;
  const double start = now(Time::wall);
  do keep_best(make(), time, best);
  while (now(Time::wall) - start < kTotal);
  return best;
}

}  // namespace rhoam::bench
