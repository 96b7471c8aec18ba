#include "rhoam/agents/introspection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

#include "rhoam/agents/learner.h"
#include "rhoam/agents/mlp.h"
#include "rhoam/core/statistics.h"

namespace rhoam::agents {
namespace {

using testing::ElementsAre;
using Figures = std::map<std::string, double>;
using optim::OptimizerConfig;

/// A line y = w·x + b with a σ beside it.
const std::vector<ParameterBlock> kLine{{"layer0.weight", {1, 1}}, {"layer0.bias", {1}}, {"free", {1}}};

/// One step from θ with gradient g.
Figures figures_of(const OptimizerConfig& config, std::vector<float> theta, const std::vector<float>& g,
                   const std::vector<ParameterBlock>& blocks = kLine, int steps = 1) {
  Introspection introspection(blocks, config);
  const auto optimizer = optim::make_optimizer<float>(config, theta.size());
  Figures figures;
  for (int t = 0; t < steps; ++t) {
    introspection.before_step(theta, {.updates = t});
    optimizer->step(theta, g, {.updates = t});
    for (const auto& [name, value] : introspection.after_step(theta, g, *optimizer)) figures[name] = value;
  }
  return figures;
}

TEST(Introspection, OfAPlainStepIsKnownByHand) {
  // Δθ = −0.1·g; ‖Δθ‖/‖θ‖ of the layer is 0.1·5/√(0.6² + 0.8²).
  const auto figures = figures_of({.recipe = "sgd", .lr = 0.1}, {0.6f, 0.8f, 4}, {3, -4, 12});
  EXPECT_NEAR(figures.at("layer0/update_ratio"), 0.5, 1e-6);
  EXPECT_NEAR(figures.at("log_std/update_ratio"), 0.3, 1e-6);
  EXPECT_NEAR(figures.at("grad_norm_clipped"), 13, 1e-6);
  EXPECT_NEAR(figures.at("cosine"), 1, 1e-6);
}

TEST(Introspection, WithoutAVThereAreNoRootsAndRates) {
  const auto figures = figures_of({.recipe = "sgd"}, {1, 1, 1}, {3, -4, 12});
  EXPECT_TRUE(std::isnan(figures.at("layer0/root_v_p50")));
  EXPECT_TRUE(std::isnan(figures.at("layer0/effective_lr_p95")));
}

TEST(Introspection, OfAnRmsPropStepIsKnownByHand) {
  // The first v̂ is g², so that √v̂ = |g|, lr/(√v̂ + ε) = 0.1/(|g| + 1) and Δθ = −0.1·g/(|g| + 1).
  const auto figures = figures_of({.lr = 0.1, .eps = 1.0}, {3, 4, 0}, {3, -1, 4});
  EXPECT_NEAR(figures.at("layer0/root_v_p50"), 2, 1e-6);  // of 1 and 3
  EXPECT_NEAR(figures.at("layer0/root_v_p05"), 1.1, 1e-6);
  EXPECT_NEAR(figures.at("layer0/root_v_p95"), 2.9, 1e-6);
  EXPECT_NEAR(figures.at("layer0/effective_lr_p50"), 0.1 * (1.0 / 4 + 1.0 / 2) / 2, 1e-7);
  EXPECT_NEAR(figures.at("log_std/effective_lr_p95"), 0.1 / 5, 1e-7);
  EXPECT_NEAR(figures.at("layer0/update_ratio"), 0.1 * std::hypot(3.0 / 4, 1.0 / 2) / 5, 1e-7);
  const double product = 9.0 / 4 + 1.0 / 2 + 16.0 / 5;
  EXPECT_NEAR(figures.at("cosine"), product / (std::hypot(3.0 / 4, 1.0 / 2, 4.0 / 5) * std::sqrt(26)), 1e-6);
}

TEST(Introspection, ARatioToZeroIsMissing) {
  EXPECT_TRUE(std::isnan(figures_of({}, {3, 4, 0}, {3, -1, 4}).at("log_std/update_ratio")));
}

TEST(Introspection, LeavesRatesOfParametersThatNeverMovedOut) {
  const auto figures = figures_of({.lr = 0.1, .eps = 0.0}, {1, 1, 1}, {2, 0, 0});
  EXPECT_NEAR(figures.at("layer0/effective_lr_p95"), 0.1 / 2, 1e-7);
  EXPECT_TRUE(std::isnan(figures.at("log_std/effective_lr_p50")));
  EXPECT_EQ(figures.at("log_std/root_v_p50"), 0);
}

TEST(Introspection, TheClippedNormIsThatOfBothLimits) {
  const std::vector<float> theta{1, 1, 1}, g{3, -4, 12};
  EXPECT_NEAR(figures_of({.clip_norm = 6.5}, theta, g).at("grad_norm_clipped"), 6.5, 1e-6);
  EXPECT_NEAR(figures_of({.clip_value = 2.0}, theta, g).at("grad_norm_clipped"), std::sqrt(12), 1e-6);
  EXPECT_NEAR(figures_of({.clip_norm = 6.5, .clip_value = 2.0}, theta, g).at("grad_norm_clipped"),
              std::hypot(1.5, 2, 2), 1e-6);
}

TEST(Introspection, AScheduledLimitIsThatOfTheStep) {
  const OptimizerConfig config{.clip_norm = core::parse_schedule("linear:from=4,to=0,over=4updates")};
  EXPECT_NEAR(figures_of(config, {1, 1, 1}, {3, -4, 12}, kLine, 3).at("grad_norm_clipped"), 2, 1e-6);
}

TEST(Introspection, KurtosisOfKnownSamples) {
  EXPECT_DOUBLE_EQ(kurtosis(std::vector<float>{-1, 1, -1, 1}), 1);           // two points: the least there is
  EXPECT_DOUBLE_EQ(kurtosis(std::vector<float>{5, 6, 7, 8, 9}), 34.0 / 20);  // (16+1+0+1+16)/5 over (10/5)²
  EXPECT_TRUE(std::isnan(kurtosis(std::vector<float>{2, 2})));
  core::Stream stream(1);
  std::vector<float> gaussian(200'000);
  for (float& x : gaussian) x = static_cast<float>(7 + 0.1 * stream.normal());
  EXPECT_NEAR(kurtosis(gaussian), 3, 5 * std::sqrt(24.0 / 200'000));  // five standard errors
}

TEST(Introspection, LayersAreNamedByTheirBlocks) {
  core::Stream stream(1);
  const auto network =
      make_mlp({.inputs = 2, .hidden = {3}, .outputs = 1, .layer_norm = true, .free_parameters = 1}, stream);
  Introspection introspection(network->blocks(), {});
  const std::vector<float> g(network->parameters().size());
  std::vector<std::string> layers;
  for (const auto& [name, value] :
       introspection.after_step(network->parameters(), g, *optim::make_optimizer<float>({}, g.size())))
    if (name.ends_with("/update_ratio")) layers.push_back(name.substr(0, name.find('/')));
  EXPECT_THAT(layers, ElementsAre("layer0", "layer1", "log_std"));
}

TEST(Introspection, ALargeLayerIsSampled) {
  core::Stream stream(2);
  const std::size_t size = 5 * Introspection::kSampled + 3;
  std::vector<float> g(size);
  std::vector<double> roots(size);
  for (std::size_t i = 0; i < size; ++i) {
    g[i] = static_cast<float>(stream.normal());
    roots[i] = std::abs(g[i]);
  }
  const auto figures =
      figures_of({}, std::vector<float>(size, 1.0f), g, {{"wide.weight", {static_cast<std::int64_t>(size)}}});
  EXPECT_NEAR(figures.at("wide/root_v_p50"), core::quantile(roots, 0.5), 0.05);
  EXPECT_NEAR(figures.at("wide/root_v_p95"), core::quantile(roots, 0.95), 0.1);
}

/// A learner of y = w·x + b, and steps on the sample x = 2 with dL/dy = d.
struct Line {
  explicit Line(const OptimizerConfig& config)
      : learner(
            [] {
              core::Stream stream(3);
              return make_mlp({.inputs = 1, .hidden = {}, .outputs = 1}, stream);
            }(),
            config) {}
  void step(float d, std::int64_t env_steps = 0) {
    learner.update(std::vector<std::int32_t>{0}, std::vector<float>{2}, {.steps = env_steps},
                   [&](auto, auto, auto d_outputs, auto) { d_outputs[0] = d; });
  }
  Learner learner;
};

TEST(IntrospectedLearner, ReportsItsLastStep) {
  Line line({.recipe = "sgd", .lr = 0.1});
  line.learner.introspect_from(0);
  line.step(7);
  const float w = line.learner.network().parameters()[0], b = line.learner.network().parameters()[1];
  line.step(3);
  const auto figures = line.learner.introspection();
  EXPECT_EQ(figures[6].name, "layer0/update_ratio");
  EXPECT_NEAR(figures[6].value, 0.1 * std::hypot(6, 3) / std::hypot(w, b), 1e-6);
  EXPECT_NEAR(line.learner.gradient_norm(), std::hypot(6, 3), 1e-6);
}

TEST(IntrospectedLearner, KeepsNothingBeforeItIsTold) {
  Line line({});
  EXPECT_THROW(line.learner.introspection(), std::logic_error);
  line.learner.introspect_from(100);
  line.step(1, 99);
  EXPECT_TRUE(std::isnan(line.learner.introspection().back().value));
  line.step(1, 100);
  EXPECT_FALSE(std::isnan(line.learner.introspection().back().value));
  line.learner.introspect_from(100);  // no step has been made since
  EXPECT_TRUE(std::isnan(line.learner.introspection().back().value));
}

}  // namespace
}  // namespace rhoam::agents
