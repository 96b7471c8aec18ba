// Cost of an optimizer's step against the limits of this machine and against torch::optim, all measured in
// turns within one run: each line contains its own comparison.
#include <benchmark/benchmark.h>

#include <functional>
#include <string>
#include <vector>

#include "rhoam/bench/five_stages.h"
#include "rhoam/bench/limits.h"
#include "rhoam/bench/turns.h"
#include "rhoam/optim/recipes.h"
#ifdef RHOAM_TORCH
#include "rhoam/bench/torch_optim_peer.h"
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

/// The line's time is that of one step.
void report(benchmark::State& state, double seconds) {
  for (auto _ : state) state.SetIterationTime(seconds);
}

std::size_t size_of(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)); }

Body torch_peer([[maybe_unused]] const optim::OptimizerConfig& config, [[maybe_unused]] std::size_t size) {
#ifdef RHOAM_TORCH
  return bench::torch_peer(config, size);
#else
  return {};
#endif
}

/// Times a step: its fraction of the limits, and its speed relative to torch::optim.
void step(benchmark::State& state, const optim::OptimizerConfig& config) {
  const std::size_t size = size_of(state);
  const auto times = bench::time_step(config, size, [&] { return torch_peer(config, size); });
  report(state, times.step);
  state.counters["of_limit"] = times.of_limit();
  state.counters["of_memory"] = times.memory / times.step;
  if (times.arithmetic > 0) state.counters["of_arithmetic"] = times.arithmetic / times.step;
  if (times.peer > 0) state.counters["vs_torch"] = times.peer / times.step;
}

/// Time of a chain of five stages, relative to the same arithmetic in one loop by hand and to RMSprop alone.
void five_stages(benchmark::State& state) {
  const std::size_t size = size_of(state);
  const auto seconds = bench::time_in_turns([=] {
    return std::vector<Body>{bench::chain_of_five(size), bench::fused_by_hand(size),
                             bench::optimizer_step(optim::make_optimizer<float>({}, size), size)};
  });
  report(state, seconds[0]);
  state.counters["of_fused"] = seconds[0] / seconds[1];
  state.counters["of_rmsprop"] = seconds[0] / seconds[2];
}

/// Speed-up of two threads over one, for the step and for only moving the same arrays.
void two_threads(benchmark::State& state, const optim::OptimizerConfig& config) {
  const std::size_t size = size_of(state);
  const bench::Work work = bench::work_of(config, size);
  core::ThreadPool pool(2);
  const auto make_step = [&](core::ThreadPool* threads) {
    return bench::optimizer_step(optim::make_optimizer<float>(config, size), size, threads);
  };
  const auto make = [&] {
    return std::vector<Body>{make_step(&pool), make_step(nullptr), bench::memory_limit(work, &pool),
                             bench::memory_limit(work)};
  };
  const auto seconds = bench::time_in_turns(make, bench::Time::wall);
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
  add("five_stages", five_stages, {4610, 100'000, 1'000'000});
  for (const Case& test : cases())
    add("two_threads/" + test.name, [=](auto& state) { two_threads(state, test.config); },
        {100'000, 1'000'000, 50'000'000});
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
