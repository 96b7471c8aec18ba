#include "rhoam/agents/learner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "rhoam/agents/mlp.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/safetensors.h"

namespace rhoam::agents {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::unique_ptr<Network> small_network() {
  core::Stream stream(3);
  return make_mlp({.inputs = 2, .hidden = {5}, .outputs = 1}, stream);
}

std::vector<float> floats(std::span<const float> values) { return {values.begin(), values.end()}; }

/// One update on one sample with dL/dV = d.
void step(Learner& learner, float d) {
  const std::vector<std::int32_t> rows{0};
  const std::vector<float> obs{1, -1};
  learner.update(rows, obs, {}, [&](auto, auto, auto d_outputs, auto) { d_outputs[0] = d; });
}

TEST(Learner, AStepThatIsRefusedLeavesNoTrace) {
  Learner learner(small_network(), {.momentum = 0.9});
  step(learner, 3);
  core::Tensors before, after;
  learner.save(before, "");
  const double norm = learner.gradient_norm();
  const std::vector<std::int32_t> rows{0};
  const std::vector<float> obs{1, -1};
  const auto infinite = [](auto, auto, auto d_outputs, auto) { d_outputs[0] = kInfinity; };
  EXPECT_FALSE(learner.update_if(rows, obs, {}, infinite, [] { return false; }));
  learner.save(after, "");
  EXPECT_EQ(core::format_safetensors(before), core::format_safetensors(after));
  EXPECT_EQ(learner.gradient_norm(), norm);
  learner.check_finite("actor");
}

TEST(Learner, AStepThatIsAcceptedIsAnUpdate) {
  Learner plain(small_network(), {}), asked(small_network(), {});
  step(plain, 3);
  const std::vector<std::int32_t> rows{0};
  const std::vector<float> obs{1, -1};
  const auto three = [](auto, auto, auto d_outputs, auto) { d_outputs[0] = 3; };
  EXPECT_TRUE(asked.update_if(rows, obs, {}, three, [] { return true; }));
  EXPECT_EQ(floats(plain.network().parameters()), floats(asked.network().parameters()));
  EXPECT_EQ(asked.updates(), 1);
}

TEST(Learner, TellsTheLearningRateOfItsLastStep) {
  Learner learner(small_network(),
                  {.lr = core::parse_schedule("linear:from=0.004,to=0,over=4updates"), .lr_factor = 0.5});
  EXPECT_TRUE(std::isnan(learner.learning_rate()));
  step(learner, 1);
  EXPECT_EQ(learner.learning_rate(), 0.002);
  step(learner, 1);
  EXPECT_EQ(learner.learning_rate(), 0.0015);
}

TEST(Learner, ARandomLearningRateGoesOnAfterALoad) {
  const optim::OptimizerConfig config{
      .lr = core::parse_schedule("telegraph:dwell=2updates,low=0.001,high=0.01")};
  Learner whole(small_network(), config), resumed(small_network(), config);
  for (int k = 0; k < 7; ++k) step(whole, 1);
  core::Tensors saved;
  whole.save(saved, "");
  resumed.load(saved, "");
  for (int k = 0; k < 20; ++k) {
    step(whole, 1);
    step(resumed, 1);
    EXPECT_EQ(whole.learning_rate(), resumed.learning_rate());
  }
}

TEST(Learner, SumsItsChunksToTheWholeGradient) {
  constexpr int kRows = 130;
  std::vector<std::int32_t> rows(kRows);
  std::iota(rows.rbegin(), rows.rend(), 0);
  std::vector<float> obs(2 * kRows), out(kRows), weights(kRows), gathered(obs.size());
  core::Stream stream(4);
  for (auto* values : {&obs, &weights})
    for (float& x : *values) x = static_cast<float>(stream.normal());
  for (int b = 0; b < kRows; ++b)
    for (int i = 0; i < 2; ++i) gathered[2 * b + i] = obs[2 * rows[b] + i];
  const auto network = small_network();
  std::vector<float> gradient(network->parameters().size());
  const auto workspace = network->make_workspace(kRows);
  network->forward(gathered, out, *workspace);
  network->backward(weights, *workspace, gradient);

  Learner learner(small_network(), {.recipe = "sgd", .lr = 1.0});
  const std::vector<float> before = floats(learner.network().parameters());
  std::vector<std::size_t> sizes;
  std::size_t at = 0;
  learner.update(rows, obs, {}, [&](auto chunk, auto outputs, auto d_outputs, auto) {
    sizes.push_back(chunk.size());
    for (std::size_t b = 0; b < chunk.size(); ++b, ++at) {
      EXPECT_EQ(outputs[b], out[at]);
      d_outputs[b] = weights[at];
    }
  });
  EXPECT_EQ(sizes, (std::vector<std::size_t>{64, 64, 2}));
  EXPECT_EQ(learner.updates(), 1);
  for (std::size_t i = 0; i < gradient.size(); ++i)
    EXPECT_NEAR(before[i] - learner.network().parameters()[i], gradient[i], 2e-5);
}

TEST(Learner, EveryLayerIsAGroupOfAPooledV) {
  Learner learner(small_network(), {.lr = 1.0, .eps = 0.0, .pooling = optim::Pooling::layer});
  auto moved = floats(learner.network().parameters());
  step(learner, 0.5f);
  const auto after = learner.network().parameters();
  for (std::size_t i = 0; i < moved.size(); ++i) moved[i] -= after[i];
  const auto rms = [&](std::size_t begin, std::size_t end) {
    return std::sqrt(std::inner_product(moved.data() + begin, moved.data() + end, moved.data() + begin, 0.0) /
                     static_cast<double>(end - begin));
  };
  EXPECT_NEAR(rms(0, 15), 1, 1e-5);   // 2·5 weights, 5 biases
  EXPECT_NEAR(rms(15, 21), 1, 1e-5);  // 5 weights, 1 bias
}

TEST(Learner, ScalesItsGradientByItsOwnUpdatesBeforeClipping) {
  const std::vector<std::string> drift{"advantage-scale:steps:at=1updates/2updates,values=0/2/20"};
  Learner learner(small_network(), {.recipe = "sgd", .lr = 1.0, .clip_value = 1.0},
                  {envs::parse_drifts(drift, 0, 0), envs::kAdvantageScale});
  for (const float moved : {0.1f, 0.1f * std::exp(1.0f), 1.0f}) {
    const float before = learner.network().parameters().back();
    step(learner, 0.1f);
    EXPECT_NEAR(before - learner.network().parameters().back(), moved, 1e-6);
  }
}

/// How far the last bias moves on a small gradient after large ones and a change of the world.
float moved_after_change(const std::optional<double>& on_change) {
  Learner learner(small_network(), {.lr = 1.0, .rho = 0.99, .eps = 0.0, .on_change = on_change});
  for (int i = 0; i < 100; ++i) step(learner, 100);
  learner.world_changed();
  const float before = learner.network().parameters().back();
  step(learner, 1);
  return before - learner.network().parameters().back();
}

TEST(Learner, AChangedWorldLeavesVAsItIs) { EXPECT_NEAR(moved_after_change({}), 0.01, 1e-4); }
TEST(Learner, AChangedWorldResetsVWhenAsked) { EXPECT_NEAR(moved_after_change(0), 1, 1e-4); }
TEST(Learner, AChangedWorldRescalesVWhenAsked) { EXPECT_NEAR(moved_after_change(1e-2), 0.1, 1e-3); }

TEST(Learner, NoticesAVThatRescalingOverflows) {
  Learner learner(small_network(), {.on_change = 1e12});
  step(learner, 1e3f);
  for (int i = 0; i < 5; ++i) learner.world_changed();
  EXPECT_THAT([&] { learner.check_finite("actor"); },
              ThrowsMessage<core::DivergedError>(HasSubstr("actor/optimizer/v is not finite")));
}

TEST(Learner, NamesTheBlockThatIsNotFinite) {
  Learner learner(small_network(), {});
  EXPECT_NO_THROW(learner.check_finite("critic"));
  learner.network().parameters().back() = kInfinity;
  EXPECT_THAT([&] { learner.check_finite("critic"); },
              ThrowsMessage<core::DivergedError>(HasSubstr("critic/layer1.bias is not finite")));
}

TEST(Learner, NoticesAGradientThatClippingHides) {
  Learner learner(small_network(), {.recipe = "sgd", .clip_value = 1.0});
  step(learner, kInfinity);
  EXPECT_THAT([&] { learner.check_finite("actor"); },
              ThrowsMessage<core::DivergedError>(HasSubstr("actor/gradient is not finite")));
}

TEST(Learner, NoticesAnOverflowingAccumulator) {
  Learner learner(small_network(), {});
  step(learner, 1e25f);
  EXPECT_THAT([&] { learner.check_finite("critic"); },
              ThrowsMessage<core::DivergedError>(HasSubstr("critic/optimizer/v is not finite")));
}

TEST(Learner, AllowsLargeGradientsThatAreClipped) {
  Learner learner(small_network(), {.clip_norm = 1.0});
  step(learner, 1e15f);
  EXPECT_NO_THROW(learner.check_finite("critic"));
}

}  // namespace
}  // namespace rhoam::agents
