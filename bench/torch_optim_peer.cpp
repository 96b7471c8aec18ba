// The peer of optim_bench.cpp, measured in the same run: one flat parameter, the friendliest case for it.
#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>
#include <torch/optim/rmsprop.h>
#include <torch/types.h>

namespace {

void torch_rmsprop(benchmark::State& state) {
  auto theta = torch::ones({state.range(0)}).requires_grad_();
  theta.mutable_grad() = torch::full({state.range(0)}, 1e-3);
  torch::optim::RMSprop optimizer({theta});
  at::set_num_threads(1);
  for (auto _ : state) optimizer.step();
}
BENCHMARK(torch_rmsprop)->Arg(5000)->Arg(100000)->Arg(1000000);

}  // namespace
