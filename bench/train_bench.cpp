// Throughput of a training update of a 64×64 network, as a fraction of this machine's sgemm peak, measured in
// the same run.
#include <benchmark/benchmark.h>
#include <cblas.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <numeric>
#include <vector>

#include "rhoam/agents/learner.h"
#include "rhoam/agents/mlp.h"
#include "rhoam/bench/turns.h"

namespace {

using namespace rhoam;

double seconds(const auto& body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// FLOP/s of a large single-precision matrix product on one thread; the best of several.
double sgemm_peak() {
  static const double peak = [] {
    openblas_set_num_threads(1);
    constexpr int n = 768;
    std::vector<float> a(n * n, 1.0f), b(n * n, 1.0f), c(n * n);
    double best = 1e30;
    for (int repeat = 0; repeat < 10; ++repeat)
      best = std::min(best, seconds([&] {
                        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n,
                                    b.data(), n, 0, c.data(), n);
                      }));
    return 2.0 * n * n * n / best;
  }();
  return peak;
}

constexpr int kInputs = 4, kWidth = 64, kOutputs = 1;

/// One update of a network as in PPO's critic: gather, forward, loss gradient, backward, RMSprop with a limit
/// on the gradient norm.
struct Update {
  Update(agents::Activation activation, int batch)
      : learner(agents::make_mlp({.inputs = kInputs,
                                  .hidden = {kWidth, kWidth},
                                  .outputs = kOutputs,
                                  .activation = activation},
                                 stream),
                {.lr = 1e-6, .clip_norm = 0.5}),
        obs(batch * kInputs),
        rows(batch) {
    for (float& x : obs) x = static_cast<float>(stream.normal());
    std::iota(rows.begin(), rows.end(), 0);
  }
  void operator()() {
    const float scale = 1.0f / static_cast<float>(rows.size());
    learner.update(rows, obs, {}, [&](auto, auto outputs, auto d_outputs, auto) {
      for (std::size_t b = 0; b < outputs.size(); ++b) d_outputs[b] = (outputs[b] - 1) * scale;
    });
  }
  core::Stream stream{1};
  agents::Learner learner;
  std::vector<float> obs;
  std::vector<std::int32_t> rows;
};

void update(benchmark::State& state, agents::Activation activation) {
  const int batch = static_cast<int>(state.range(0));
  Update update(activation, batch);
  for (auto _ : state) update();
  // Forward, and backward to weights; backward to inputs of all layers but the first.
  const double flop =
      2.0 * batch *
      (2 * (kInputs * kWidth + kWidth * kWidth + kWidth * kOutputs) + kWidth * kWidth + kWidth * kOutputs);
  const double total = flop * static_cast<double>(state.iterations());
  state.counters["FLOP"] = benchmark::Counter(total, benchmark::Counter::kIsRate);
  state.counters["of_sgemm_peak"] = benchmark::Counter(total / sgemm_peak(), benchmark::Counter::kIsRate);
}

/// Cost of an introspection of the optimizer, in updates of the same network without one.
void introspection(benchmark::State& state) {
  const int batch = static_cast<int>(state.range(0));
  const auto make = [batch] {
    const auto plain = std::make_shared<Update>(agents::Activation::tanh, batch);
    const auto seen = std::make_shared<Update>(agents::Activation::tanh, batch);
    seen->learner.introspect_from(0);
    return std::vector<bench::Body>{[plain] { (*plain)(); },
                                    [seen] {
                                      (*seen)();
                                      benchmark::DoNotOptimize(seen->learner.introspection());
                                    }};
  };
  std::vector<double> best;
  for (auto _ : state) best = bench::time_in_turns(make);
  state.counters["in_updates"] = best[1] / best[0] - 1;
}

BENCHMARK_CAPTURE(update, tanh, agents::Activation::tanh)->Arg(40)->Arg(64)->Arg(256);
BENCHMARK_CAPTURE(update, relu, agents::Activation::relu)->Arg(40)->Arg(64)->Arg(256);
BENCHMARK(introspection)->Arg(64)->Arg(256)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
