#include "rhoam/agents/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "rhoam/tests/agents/finite_difference.h"

namespace rhoam::agents {
namespace {

envs::ActionSpace discrete(int n) { return {.n = n, .bounds = {}}; }
envs::ActionSpace continuous(int size) { return {.n = 0, .bounds = std::vector<envs::Bound>(size, {-1, 1})}; }

TEST(Categorical, IsUniformOverEqualLogits) {
  const auto policy = make_distribution(discrete(2));
  const std::array<float, 2> logits{3, 3};
  const std::array<float, 1> action{1};
  std::array<float, 1> log_prob, entropy;
  std::array<float, 2> log_probs;
  policy->evaluate({logits, {}, action}, {log_prob, entropy, log_probs});
  EXPECT_NEAR(log_prob[0], -std::log(2.0), 1e-6);
  EXPECT_NEAR(entropy[0], std::log(2.0), 1e-6);
}

TEST(Categorical, SamplesWithItsProbabilities) {
  const auto policy = make_distribution(discrete(3));
  std::vector<float> logits;
  for (int b = 0; b < 60000; ++b) logits.insert(logits.end(), {0, std::log(2.0f), std::log(3.0f)});
  std::vector<float> actions(60000), log_prob(60000);
  core::Stream stream(5);
  policy->sample(logits, {}, stream, actions, log_prob);
  std::array<int, 3> counts{};
  for (const float a : actions) ++counts.at(static_cast<std::size_t>(a));
  EXPECT_NEAR(counts[0] / 60000.0, 1 / 6.0, 0.01);
  EXPECT_NEAR(counts[2] / 60000.0, 3 / 6.0, 0.01);
}

/// The state whose next draw has all bits clear, or all set: uniform() is 0, or the largest number below 1.
core::Stream extreme(bool largest) {
  core::Stream stream;
  stream.set_state({0, 1, 2, largest ? ~std::uint64_t{0} : 0});
  return stream;
}

float sampled(const std::vector<float>& logits, core::Stream stream) {
  std::array<float, 1> action, log_prob;
  make_distribution(discrete(static_cast<int>(logits.size())))->sample(logits, {}, stream, action, log_prob);
  return action[0];
}

TEST(Categorical, TheLeastAndTheLargestDrawTakeOnlyWhatHasWeight) {
  ASSERT_EQ(extreme(false).uniform(), 0);
  ASSERT_EQ(extreme(true).uniform(), 1 - 0x1p-53);
  for (const float far : {-40.0f, -100.0f, -104.0f, -1e30f}) {
    EXPECT_EQ(sampled({0, far}, extreme(true)), 0) << far;
    EXPECT_EQ(sampled({far, 0, 0, far}, extreme(true)), 2) << far;
  }
  EXPECT_EQ(sampled({-200, 0, -200}, extreme(false)), 1);
  EXPECT_EQ(sampled({0, 0}, extreme(false)), 0);
  EXPECT_EQ(sampled({0, 0}, extreme(true)), 1);
}

TEST(Categorical, TheLargestDrawIsNeverLeftOver) {
  core::Stream numbers(7);
  for (int n = 1; n <= 40; ++n) {
    std::vector<float> logits(n);
    for (float& logit : logits) logit = static_cast<float>(numbers.normal());
    logits.push_back(-100);
    EXPECT_EQ(sampled(logits, extreme(true)), n - 1) << n;
  }
}

TEST(Categorical, NeverDrawsWhatHasNoProbability) {
  constexpr int kRows = 1 << 12, kBatches = 1 << 10, kActions = 10;  // 4 million draws
  std::vector<float> logits;
  for (int i = 0; i < kRows * kActions; ++i)
    logits.push_back(i % kActions == kActions - 1 ? -100 : std::log(1.0f + static_cast<float>(i % kActions)));
  const auto policy = make_distribution(discrete(kActions));
  std::vector<float> actions(kRows), log_prob(kRows);
  core::Stream stream(2);
  for (int batch = 0; batch < kBatches; ++batch) {
    policy->sample(logits, {}, stream, actions, log_prob);
    ASSERT_EQ(std::ranges::count(actions, kActions - 1.0f), 0);
  }
}

TEST(Categorical, ASampleHasTheLogProbabilityThatIsEvaluatedLater) {
  const auto policy = make_distribution(discrete(5));
  core::Stream stream(3);
  std::vector<float> logits(500), actions(100), drawn(100), known(100), entropy(100), log_probs(500);
  for (float& logit : logits) logit = static_cast<float>(3 * stream.normal());
  policy->sample(logits, {}, stream, actions, drawn);
  policy->evaluate({logits, {}, actions}, {known, entropy, log_probs});
  EXPECT_EQ(drawn, known);
}

TEST(Categorical, ModeIsTheLargestLogit) {
  const auto policy = make_distribution(discrete(3));
  const std::array<float, 6> logits{0, 2, 1, 5, 4, 3};
  std::array<float, 2> actions;
  policy->mode(logits, actions);
  EXPECT_EQ(actions, (std::array<float, 2>{1, 0}));
}

TEST(Categorical, StaysFiniteForHugeLogits) {
  const auto policy = make_distribution(discrete(2));
  const std::array<float, 2> logits{1e4f, -1e4f};
  const std::array<float, 1> action{1}, weight{1};
  std::array<float, 1> log_prob, entropy;
  std::array<float, 2> gradient;
  const EvaluatedActions known{log_prob, entropy, gradient};
  policy->evaluate({logits, {}, action}, known);
  policy->gradient({logits, {}, action}, known, weight, 0.1f, gradient, {});
  EXPECT_TRUE(std::isfinite(log_prob[0]) && std::isfinite(entropy[0]) && std::isfinite(gradient[0]));
}

TEST(Gaussian, AFixedDeviationIsNoParameter) {
  const auto policy = make_distribution(continuous(2), 0.3);
  EXPECT_EQ(policy->free_parameters(), 0);
  EXPECT_EQ(policy->outputs(), 2);
}

TEST(Gaussian, AFixedDeviationGivesTheGradientOfTheLearnedOne) {
  const auto fixed = make_distribution(continuous(1), 0.3), learned = make_distribution(continuous(1));
  const std::array<float, 1> mean{0.5f}, action{0.9f}, weight{2}, log_std{std::log(0.3f)};
  std::array<float, 1> a, b, ignored{};
  fixed->gradient({mean, {}, action}, {}, weight, 0.1f, a, {});
  learned->gradient({mean, log_std, action}, {}, weight, 0.1f, b, ignored);
  EXPECT_FLOAT_EQ(a[0], b[0]);
  EXPECT_FLOAT_EQ(a[0], 2 * 0.4f / 0.09f);
}

TEST(Gaussian, SamplesWithAFixedDeviation) {
  const auto policy = make_distribution(continuous(1), 0.3);
  std::vector<float> means(20000, 1.0f), actions(means.size()), log_prob(means.size());
  core::Stream stream(6);
  policy->sample(means, {}, stream, actions, log_prob);
  double squares = 0;
  for (const float a : actions) squares += (a - 1) * (a - 1);
  EXPECT_NEAR(std::sqrt(squares / 20000), 0.3, 0.01);
}

TEST(Gaussian, MatchesTheDensity) {
  const auto policy = make_distribution(continuous(1));
  const std::array<float, 1> mean{1}, log_std{std::log(2.0f)}, action{4};
  std::array<float, 1> log_prob, entropy;
  policy->evaluate({mean, log_std, action}, {log_prob, entropy, {}});
  EXPECT_NEAR(log_prob[0], -0.5 * 2.25 - std::log(2.0) - 0.5 * std::log(2 * M_PI), 1e-6);
  EXPECT_NEAR(entropy[0], 0.5 * std::log(2 * M_PI * M_E * 4), 1e-6);
}

TEST(Gaussian, SamplesWithItsMeanAndDeviation) {
  const auto policy = make_distribution(continuous(1));
  std::vector<float> means(50000, 3), actions(50000), log_prob(50000);
  const std::array<float, 1> log_std{std::log(0.5f)};
  core::Stream stream(6);
  policy->sample(means, log_std, stream, actions, log_prob);
  double sum = 0, squares = 0;
  for (const float a : actions) sum += a, squares += (a - 3.0) * (a - 3.0);
  EXPECT_NEAR(sum / 50000, 3, 0.02);
  EXPECT_NEAR(squares / 50000, 0.25, 0.01);
}

/// Both distributions: closed-form gradients against central differences of c·log π + h·H.
class Gradient : public testing::TestWithParam<int> {};

TEST_P(Gradient, AgreesWithFiniteDifferences) {
  const int size = std::abs(GetParam());
  const auto policy = make_distribution(GetParam() > 0 ? discrete(size) : continuous(size));
  const int rows = 3;
  core::Stream stream(7);
  std::vector<float> outputs(rows * policy->outputs()), log_std(policy->free_parameters());
  for (float& x : outputs) x = static_cast<float>(stream.normal());
  for (float& x : log_std) x = static_cast<float>(0.3 * stream.normal());
  std::vector<float> actions(rows * policy->action_size()), log_prob(rows), entropy(rows);
  policy->sample(outputs, log_std, stream, actions, log_prob);
  const std::vector<float> weight{0.7f, -1.3f, 0.2f};
  const float entropy_weight = 0.4f;
  std::vector<float> log_probs(outputs.size());
  const EvaluatedActions known{log_prob, entropy, log_probs};
  const auto loss = [&] {
    policy->evaluate({outputs, log_std, actions}, known);
    double sum = 0;
    for (int b = 0; b < rows; ++b) sum += weight[b] * log_prob[b] + entropy_weight * entropy[b];
    return sum;
  };
  std::vector<float> d_outputs(outputs.size()), d_log_std(log_std.size());
  loss();
  policy->gradient({outputs, log_std, actions}, known, weight, entropy_weight, d_outputs, d_log_std);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    EXPECT_NEAR(d_outputs[i], finite_difference(outputs[i], loss), 2e-3) << "output " << i;
  for (std::size_t i = 0; i < log_std.size(); ++i)
    EXPECT_NEAR(d_log_std[i], finite_difference(log_std[i], loss), 5e-3) << "log std " << i;
}

INSTANTIATE_TEST_SUITE_P(CategoricalAndGaussian, Gradient, testing::Values(2, 4, -1, -3));

}  // namespace
}  // namespace rhoam::agents
