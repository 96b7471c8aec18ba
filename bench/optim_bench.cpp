// What an optimizer step costs against what this machine cannot beat, measured in the same run: the slower of
// moving the step's arrays through memory and of one vectorised root and division per parameter.
#include <benchmark/benchmark.h>

#include <time.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "optim/kernel.h"
#include "optim/recipes.h"

namespace {

using namespace rhoam;
using Vector = std::vector<float>;

Vector filled(std::size_t size, float value) {
  Vector vector(size);
  for (std::size_t i = 0; i < size; ++i) vector[i] = value + 1e-4f * static_cast<float>(i % 97);
  return vector;
}

/// CPU time of this thread, which other programs on the machine disturb less than the time of day.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// The mean time of one call, over at least 50 ms.
template <class Body>
double mean_seconds(const Body& body) {
  body();
  int calls = 0;
  const double start = now();
  for (; now() - start < 0.05; calls += 4)
    for (int i = 0; i < 4; ++i) body();
  return (now() - start) / calls;
}

/// Reads the gradient, reads and writes θ and `states` arrays beside it, and does next to nothing with them.
double memory_seconds(std::size_t size, int states) {
  Vector theta = filled(size, 1), gradient = filled(size, 1e-3f), v = filled(size, 1), m = filled(size, 1);
  return mean_seconds([&, t = theta.data(), g = std::as_const(gradient).data(), v = v.data(), m = m.data()] {
    if (states == 0)
      optim::each(
          size, [=](std::size_t i) { t[i] -= g[i]; }, t, g);
    if (states == 1)
      optim::each(
          size, [=](std::size_t i) { t[i] -= g[i], v[i] += g[i]; }, t, g, v);
    if (states == 2)
      optim::each(
          size, [=](std::size_t i) { t[i] -= g[i], v[i] += g[i], m[i] -= g[i]; }, t, g, v, m);
    benchmark::ClobberMemory();
  });
}

/// One root and one division per parameter, in the first-level cache.
double arithmetic_seconds(std::size_t size) {
  constexpr std::size_t kInCache = 2048;
  Vector x = filled(kInCache, 2), y = filled(kInCache, 3);
  const double seconds = mean_seconds([&, x = x.data(), y = y.data()] {
    optim::each(kInCache, [=](std::size_t i) { y[i] = x[i] / std::sqrt(y[i] + 1.0f); });
    benchmark::ClobberMemory();
  });
  return seconds * static_cast<double>(size) / kInCache;
}

struct Case {
  std::string name;
  optim::OptimizerConfig config;
  int states;  // arrays beside θ and the gradient
  bool root_and_division = true;
};

std::vector<Case> cases() {
  return {{"rmsprop", {}, 1},
          {"rmsprop_centered", {.centered = true}, 2},
          {"rmsprop_momentum", {.momentum = 0.9}, 2},
          {"rmsprop_clipped", {.clip_norm = 0.5}, 1},
          {"adam", {.recipe = "adam"}, 2},
          {"sgd", {.recipe = "sgd"}, 0, false}};
}

double limit_seconds(const Case& test, std::size_t size) {
  static std::map<std::pair<std::size_t, int>, double> memory;
  const auto [found, missing] = memory.try_emplace({size, test.states});
  if (missing) found->second = memory_seconds(size, test.states);
  return std::max(found->second, test.root_and_division ? arithmetic_seconds(size) : 0);
}

void step(benchmark::State& state, const Case& test) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const double limit = limit_seconds(test, size);
  Vector theta = filled(size, 1);
  const Vector gradient = filled(size, 1e-3f);
  const auto optimizer = optim::make_optimizer<float>(test.config, size);
  const double start = now();
  for (auto _ : state) optimizer->step(theta, gradient, {});
  const double seconds = now() - start;
  state.counters["of_limit"] = limit * static_cast<double>(state.iterations()) / seconds;
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

}  // namespace

int main(int argc, char** argv) {
  for (const Case& test : cases())
    benchmark::RegisterBenchmark(("step/" + test.name).c_str(),
                                 [test](benchmark::State& state) { step(state, test); })
        ->Arg(5000)
        ->Arg(100000)
        ->Arg(1000000)
        ->Arg(50000000);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
