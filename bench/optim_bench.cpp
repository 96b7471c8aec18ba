// What an optimizer's step costs against what this machine cannot beat and against torch::optim, all measured
// in turns within one run: each line holds its own comparison.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench/five_stages.h"
#include "bench/limits.h"
#include "bench/turns.h"
#include "optim/recipes.h"
#ifdef RHOAM_TORCH
#include "bench/torch_optim_peer.h"
#endif

namespace {

using namespace rhoam;
using bench::Body;
using Sizes = std::vector<std::int64_t>;

struct Case {
  std::string name;
  optim::OptimizerConfig config;
};

std::vector<Case> cases() {
  return {{"rmsprop", {}},
          {"rmsprop_centered", {.centered = true}},
          {"rmsprop_momentum", {.momentum = 0.9}},
          {"rmsprop_clipped", {.clip_norm = 0.5}},
          {"adam", {.recipe = "adam"}},
          {"adagrad", {.recipe = "adagrad"}},
          {"sgd", {.recipe = "sgd"}}};
}

/// The line's time is that of one step of `seconds`.
void report(benchmark::State& state, double seconds) {
  for (auto _ : state) state.SetIterationTime(seconds);
  state.SetItemsProcessed(state.range(0));
}

void step(benchmark::State& state, const optim::OptimizerConfig& config) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const bench::Work work = bench::work_of(config, size);
  std::vector<Body> bodies{bench::optimizer_step(optim::make_optimizer<float>(config, size), size),
                           bench::moving_limit(work), bench::arithmetic_limit(work)};
#ifdef RHOAM_TORCH
  if (auto peer = bench::torch_peer(config, size)) bodies.push_back(std::move(peer));
#endif
  const auto seconds = bench::time_in_turns(bodies);
  report(state, seconds[0]);
  state.counters["of_memory"] = seconds[1] / seconds[0];
  if (work.divides) state.counters["of_arithmetic"] = seconds[2] / seconds[0];
  state.counters["of_limit"] = std::max(seconds[1], work.divides ? seconds[2] : 0) / seconds[0];
  if (bodies.size() > 3) state.counters["vs_torch"] = seconds[3] / seconds[0];
}

/// A chain of five stages against the same arithmetic in one loop by hand, and against RMSprop alone.
void five(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::vector<Body> bodies{bench::chain_of_five(size), bench::fused_by_hand(size),
                                 bench::optimizer_step(optim::make_optimizer<float>({}, size), size)};
  const auto seconds = bench::time_in_turns(bodies);
  report(state, seconds[0]);
  state.counters["vs_fused"] = seconds[0] / seconds[1];
  state.counters["vs_rmsprop"] = seconds[0] / seconds[2];
}

/// What two threads bring, and what they bring to a loop that only moves the same arrays.
void two_threads(benchmark::State& state, const optim::OptimizerConfig& config) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const bench::Work work = bench::work_of(config, size);
  core::ThreadPool pool(2);
  const auto make_step = [&](core::ThreadPool* threads) {
    return bench::optimizer_step(optim::make_optimizer<float>(config, size), size, threads);
  };
  const std::vector<Body> bodies{make_step(&pool), make_step(nullptr), bench::moving_limit(work, &pool),
                                 bench::moving_limit(work)};
  const auto seconds = bench::time_in_turns(bodies, bench::Time::wall);
  report(state, seconds[0]);
  state.counters["speedup"] = seconds[1] / seconds[0];
  state.counters["memory_speedup"] = seconds[3] / seconds[2];
}

void add(const std::string& name, const std::function<void(benchmark::State&)>& body, const Sizes& sizes) {
  auto* line = benchmark::RegisterBenchmark(name.c_str(), body);
  line->Iterations(1)->UseManualTime()->Unit(benchmark::kMicrosecond);
  for (const std::int64_t size : sizes) line->Arg(size);
}

}  // namespace

int main(int argc, char** argv) {
  for (const Case& test : cases())
    add("step/" + test.name, [=](auto& state) { step(state, test.config); },
        {4610, 100'000, 1'000'000, 50'000'000});
  add("five_stages", five, {4610, 100'000, 1'000'000});
  for (const Case& test : cases())
    add("two_threads/" + test.name, [=](auto& state) { two_threads(state, test.config); },
        {100'000, 1'000'000, 50'000'000});
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
