// What a training update of two 64×64 networks reaches, as a fraction of this machine's sgemm peak measured
// in the same run.
#include <benchmark/benchmark.h>
#include <cblas.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "agents/mlp.h"

namespace {

using namespace rhoam;

double seconds(const auto& body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// FLOP/s of a large single-precision product on one thread; the best of several.
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

/// Forward and backward of one network on a batch, chunk by chunk as the learner runs it.
void update(benchmark::State& state, agents::Activation activation) {
  constexpr int kInputs = 4, kWidth = 64, kOutputs = 2, kChunk = 64;
  const int batch = static_cast<int>(state.range(0));
  core::Stream stream(1);
  const auto network = agents::make_mlp(
      {.inputs = kInputs, .hidden = {kWidth, kWidth}, .outputs = kOutputs, .activation = activation}, stream);
  const auto workspace = network->make_workspace(kChunk);
  std::vector<float> obs(kChunk * kInputs, 0.1f), out(kChunk * kOutputs), d_out(kChunk * kOutputs, 0.1f);
  std::vector<float> gradient(network->parameters().size());
  for (auto _ : state) {
    for (int done = 0; done < batch; done += kChunk) {
      const std::size_t rows = std::min(kChunk, batch - done);
      network->forward(std::span(obs).first(rows * kInputs), std::span(out).first(rows * kOutputs),
                       *workspace);
      network->backward(std::span(d_out).first(rows * kOutputs), *workspace, gradient);
    }
    network->parameters_changed();
    benchmark::DoNotOptimize(gradient.data());
  }
  // Forward, and backward to weights; backward to inputs of all layers but the first.
  const double flop =
      2.0 * batch *
      (2 * (kInputs * kWidth + kWidth * kWidth + kWidth * kOutputs) + kWidth * kWidth + kWidth * kOutputs);
  const double total = flop * static_cast<double>(state.iterations());
  state.counters["FLOP"] = benchmark::Counter(total, benchmark::Counter::kIsRate);
  state.counters["of_sgemm_peak"] = benchmark::Counter(total / sgemm_peak(), benchmark::Counter::kIsRate);
}

BENCHMARK_CAPTURE(update, tanh, agents::Activation::tanh)->Arg(40)->Arg(64)->Arg(256);
BENCHMARK_CAPTURE(update, relu, agents::Activation::relu)->Arg(40)->Arg(64)->Arg(256);

}  // namespace

BENCHMARK_MAIN();
