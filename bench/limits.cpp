#include "rhoam/bench/limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "rhoam/optim/kernel.h"

namespace rhoam::bench {
namespace {

constexpr int kMostStates = 4;
constexpr std::size_t kInCache = 2048;  // scalars

struct Streams {
  float* theta;
  const float* gradient;
  std::array<float*, kMostStates> states;
};

template <std::size_t... kState>
void move_elements(const Streams& streams, std::size_t begin, std::size_t size,
                   std::index_sequence<kState...>) {
  optim::each(
      size,
      [theta = streams.theta + begin, gradient = streams.gradient + begin,
       ... state = streams.states[kState] + begin](std::size_t i) {
        theta[i] -= gradient[i];
        ((state[i] += gradient[i]), ...);
      },
      streams.theta + begin, streams.gradient + begin, (streams.states[kState] + begin)...);
}

using Move = void (*)(const Streams&, std::size_t begin, std::size_t size);

template <std::size_t kStates>
void move_all(const Streams& streams, std::size_t begin, std::size_t size) {
  move_elements(streams, begin, size, std::make_index_sequence<kStates>());
}

constexpr Move kMoves[kMostStates + 1] = {move_all<0>, move_all<1>, move_all<2>, move_all<3>, move_all<4>};

}  // namespace

Work work_of(const optim::OptimizerConfig& config, std::size_t size) {
  constexpr std::int64_t kSmall = 61;
  const auto optimizer = optim::make_optimizer<float>(config, kSmall);
  core::Tensors state;
  optimizer->save(state, "");
  const auto states = std::ranges::count_if(
      state.all(), [](const auto& entry) { return entry.second.shape == std::vector<std::int64_t>{kSmall}; });
  std::array<float, kSmall> root_v, rate;
  return {.size = size,
          .states = std::min(static_cast<int>(states), kMostStates),
          .divides = optimizer->inspect(root_v, rate)};
}

std::vector<float> filled(std::size_t size, float value) {
  std::vector<float> vector(size);
  for (std::size_t i = 0; i < size; ++i) vector[i] = value + 1e-4f * static_cast<float>(i % 97);
  return vector;
}

Body optimizer_step(std::shared_ptr<optim::Optimizer<float>> optimizer, std::size_t size,
                    core::ThreadPool* pool) {
  optimizer->set_pool(pool);
  return [optimizer = std::move(optimizer), theta = filled(size, 1),
          gradient = filled(size, 1e-3f)]() mutable { optimizer->step(theta, gradient, {}); };
}

Body memory_limit(const Work& work, core::ThreadPool* pool) {
  std::vector<std::vector<float>> arrays;
  for (int i = 0; i < 2 + work.states; ++i) arrays.push_back(filled(work.size, 1e-3f));
  return [=, arrays = std::move(arrays)]() mutable {
    Streams streams{.theta = arrays[0].data(), .gradient = arrays[1].data(), .states = {}};
    for (int i = 0; i < work.states; ++i) streams.states[i] = arrays[2 + i].data();
    const std::size_t tasks = pool ? 4 * pool->size() : 1;
    const auto move = [&](std::size_t task) {
      const std::size_t begin = work.size * task / tasks;
      kMoves[work.states](streams, begin, work.size * (task + 1) / tasks - begin);
    };
    pool ? pool->run(static_cast<int>(tasks), move) : move(0);
  };
}

Body arithmetic_limit(const Work& work) {
  return [size = work.size, x = filled(kInCache, 2), y = filled(kInCache, 3)]() mutable {
    for (std::size_t done = 0; done < size; done += kInCache)
      optim::each(std::min(kInCache, size - done),
                  [x = x.data(), y = y.data()](std::size_t i) { y[i] = x[i] / std::sqrt(y[i] + 1.0f); });
  };
}

StepTimes time_step(const optim::OptimizerConfig& config, std::size_t size,
                    const std::function<Body()>& make_peer) {
  const Work work = work_of(config, size);
  bool has_peer = false;
  const auto seconds = time_in_turns([&] {
    std::vector<Body> bodies{optimizer_step(optim::make_optimizer<float>(config, size), size),
                             memory_limit(work), arithmetic_limit(work)};
    Body peer = make_peer ? make_peer() : Body();
    has_peer = static_cast<bool>(peer);
    if (has_peer) bodies.push_back(std::move(peer));
    return bodies;
  });
  return {.step = seconds[0],
          .memory = seconds[1],
          .arithmetic = work.divides ? seconds[2] : 0,
          .peer = has_peer ? seconds[3] : 0};
}

}  // namespace rhoam::bench
