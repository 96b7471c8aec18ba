// Cost of a picture: frames of a lander with firing engines, and their PNG files.
#include <benchmark/benchmark.h>

#include <vector>

#include "rhoam/envs/box2d/lander_heuristic.h"
#include "rhoam/envs/vector_env.h"
#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/scene_painter.h"

namespace {

using namespace rhoam;

constexpr int kWidth = 600, kHeight = 400, kSteps = 100;

/// Draw lists of the first steps of a flight.
std::vector<envs::DrawList> flight() {
  const auto world = envs::make_vector_env("LunarLander-v3", 1, nullptr);
  envs::StepBatch batch;
  std::vector<envs::DrawList> seen(kSteps);
  std::vector<float> action(1);
  world->reset(1, batch);
  for (auto& list : seen) {
    world->draw(0, list);
    envs::lander_heuristic(batch.obs, false, action);
    world->step(action, batch);
  }
  return seen;
}

render::Image blank(const benchmark::State& state) {
  const int scale = static_cast<int>(state.range(0));
  return {kWidth * scale, kHeight * scale};
}

void paint(render::Image& image, std::span<const envs::DrawList* const> recent, std::int64_t step) {
  render::ImageCanvas canvas(image, static_cast<double>(image.width()) / kWidth);
  render::paint_scene(canvas, {0, 0, kWidth, kHeight}, {.recent = recent, .step = step},
                      render::themes().front());
  canvas.finish();
}

std::vector<const envs::DrawList*> addresses(const std::vector<envs::DrawList>& seen) {
  std::vector<const envs::DrawList*> all;
  for (const auto& list : seen) all.push_back(&list);
  return all;
}

/// Paints consecutive frames with all flames.
void lander_frame(benchmark::State& state) {
  const auto seen = flight();
  const auto all = addresses(seen);
  render::Image image = blank(state);
  std::size_t step = render::kFlameSteps;
  for (auto _ : state) {
    paint(image, std::span(all).first(step), static_cast<std::int64_t>(step));
    if (++step > all.size()) step = render::kFlameSteps;
  }
}

void png(benchmark::State& state) {
  const auto seen = flight();
  render::Image image = blank(state);
  paint(image, addresses(seen), kSteps);
  std::size_t bytes = 0;
  for (auto _ : state) benchmark::DoNotOptimize(bytes = render::to_png(image).size());
  state.counters["bytes"] = static_cast<double>(bytes);
}

BENCHMARK(lander_frame)->ArgName("scale")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
BENCHMARK(png)->ArgName("scale")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
