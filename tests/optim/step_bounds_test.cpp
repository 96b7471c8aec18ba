// How long the first steps are, after the start and after v was forgotten: no estimate from one gradient, a
// variance of one sample above all, may make a step of g·lr/ε.
#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/text.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/tests/optim/optimize.h"

namespace rhoam::optim {
namespace {

constexpr double kLr = 1e-3;
/// v − ḡ² loses digits where ρᵗ is small.
constexpr double kRounding = 1.2;
/// Of corrected rules: v̂ is at least a third of the newest g². For the centered see Centering.
constexpr double kPlainBound = 2, kCenteredBound = 6;

struct Case {
  std::string name;
  OptimizerConfig config;
  double bound;  ///< of |Δθ|/lr in the first three steps
};

/// Σ w g² ≥ wᵗ·g² of the newest gradient, and v − ḡ² ≥ ρᵗ·v where zeros came first.
double uncorrected_bound(double rho, bool centered) {
  if (rho == 0 || !centered) return 1 / std::sqrt(1 - rho);
  double bound = 0;
  for (int t = 1; t <= 3; ++t) bound = std::max(bound, 1 / std::sqrt(std::pow(rho, t) * (1 - rho)));
  return bound;
}

double bound_of(BiasCorrection correction, double rho, bool centered) {
  if (correction == BiasCorrection::none) return uncorrected_bound(rho, centered);
  return centered ? kCenteredBound : kPlainBound;
}

std::string name_of(const Dialect& dialect, BiasCorrection correction, EpsPlace place, bool centered) {
  constexpr const char* kCorrections[] = {"none", "capped", "debiased"};
  return std::string(dialect.name) + "_" + kCorrections[static_cast<int>(correction)] +
         (place == EpsPlace::inside ? "_inside" : "_outside") + (centered ? "_centered" : "");
}

void add_every_rmsprop(std::vector<Case>& all, double rho) {
  for (const Dialect& dialect : dialects())
    for (const auto correction : {BiasCorrection::none, BiasCorrection::capped, BiasCorrection::debiased})
      for (const auto place : {EpsPlace::outside, EpsPlace::inside})
        for (const bool centered : {false, true})
          all.push_back({name_of(dialect, correction, place, centered) + "_rho_" + core::format_double(rho),
                         {.dialect = dialect.name,
                          .lr = kLr,
                          .rho = rho,
                          .eps = 1e-8,
                          .eps_place = place,
                          .bias_correction = correction,
                          .centered = centered},
                         bound_of(correction, rho, centered)});
}

/// ρ jumps in the first updates; then w ≥ ⅓ and w₁ ≥ ¼ of a capped correction.
void add_schedules(std::vector<Case>& all) {
  for (const char* values : {"0/0.9/0.99", "0.9/0/0.9", "0.5/0.999/0.5", "0.99/0.01/0.99", "0/0/0.5"})
    for (const bool centered : {false, true})
      all.push_back({std::string(values) + (centered ? "_centered" : ""),
                     {.lr = kLr,
                      .rho = core::parse_schedule(std::string("steps:at=1updates/2updates,values=") + values),
                      .centered = centered},
                     std::sqrt((1 + 16) * 3.0)});
}

/// A pooled v knows the mean square alone, so that one of `size` parameters may take all of the step.
void add_what_finds_or_shares_v(std::vector<Case>& all, std::size_t size) {
  for (const char* rho : {"auto", "auto:likelihood", "auto:factored", "learn"})
    all.push_back({rho, {.lr = kLr, .rho = parse_rho(rho)}, kPlainBound});
  for (const auto pooling : {Pooling::layer, Pooling::network})
    for (const auto correction : {BiasCorrection::capped, BiasCorrection::debiased})
      all.push_back({"pooled",
                     {.lr = kLr,
                      .bias_correction = correction,
                      .pooling = pooling,
                      .layers = size > 2 ? std::vector<std::size_t>{0, 2} : std::vector<std::size_t>{0}},
                     kPlainBound * std::sqrt(static_cast<double>(size))});
}

std::vector<Case> cases(std::size_t size) {
  std::vector<Case> all;
  for (const double rho : {0.0, 1e-12, 0.01, 0.3, 0.5, 0.6, 0.9, 0.99, 0.9999}) add_every_rmsprop(all, rho);
  add_schedules(all);
  add_what_finds_or_shares_v(all, size);
  for (const char* recipe : {"adam", "adamw", "adagrad"})
    all.push_back({recipe, {.recipe = recipe, .lr = kLr, .weight_decay = 0.0}, kPlainBound});
  all.push_back({"amsgrad", {.recipe = "adam", .lr = kLr, .amsgrad = true}, kPlainBound});
  return all;
}

/// The factors of the first gradients: constant, from zero on, growing, shrinking, switching.
const std::vector<std::vector<double>> kCourses = {{1, 1, 1},   {0, 1, 1},    {0, 0, 1},    {1, 100, 1e4},
                                                   {1, 0.3, 1}, {1, -1, 0.5}, {0.5, 0.4, 2}};

/// The longest of three steps of any parameter, over lr.
template <class Scalar>
double longest_step(Optimizer<Scalar>& optimizer, const std::vector<double>& course, std::size_t size,
                    double scale) {
  double longest = 0;
  for (std::size_t t = 0; t < course.size(); ++t) {
    std::vector<Scalar> theta(size), gradient(size);
    for (std::size_t i = 0; i < size; ++i)
      gradient[i] = static_cast<Scalar>(scale * course[t] * (1 + static_cast<double>(i)) / 2);
    optimizer.step(theta, gradient, {.updates = static_cast<std::int64_t>(t)});
    for (const Scalar x : theta) longest = std::max(longest, std::abs(static_cast<double>(x)) / kLr);
  }
  return longest;
}

template <class Scalar>
void expect_bounded(const Case& each, std::size_t size, bool reset) {
  for (const auto& course : kCourses)
    for (const double scale : {1e-3, 1.0, 1e3}) {
      const auto optimizer = make_optimizer<Scalar>(each.config, size);
      if (reset) {
        for (const double before : {1e3, 1e-3, 1.0}) longest_step(*optimizer, {7, 7, 2}, size, before);
        optimizer->rescale_v(0);
      }
      EXPECT_LE(longest_step(*optimizer, course, size, scale), each.bound * kRounding)
          << each.name << ", size " << size << ", scale " << scale << ", gradients " << course[0] << " "
          << course[1] << " " << course[2] << (reset ? " after a reset" : "");
    }
}

class FirstSteps : public testing::TestWithParam<std::size_t> {};

TEST_P(FirstSteps, AreBoundedFromTheStart) {
  for (const Case& each : cases(GetParam())) {
    expect_bounded<float>(each, GetParam(), false);
    expect_bounded<double>(each, GetParam(), false);
  }
}

TEST_P(FirstSteps, AreBoundedAfterAReset) {
  for (const Case& each : cases(GetParam())) {
    expect_bounded<float>(each, GetParam(), true);
    expect_bounded<double>(each, GetParam(), true);
  }
}

INSTANTIATE_TEST_SUITE_P(Size, FirstSteps, testing::Values(1, 5),
                         [](const auto& size) { return "Of" + std::to_string(size.param); });

TEST(Centering, TheFirstStepIsThatOfThePlainRule) {
  for (const auto correction : {BiasCorrection::capped, BiasCorrection::debiased})
    for (const double rho : {0.0, 0.5, 0.99}) {
      const OptimizerConfig plain{.lr = 1.0, .rho = rho, .bias_correction = correction};
      OptimizerConfig centered = plain;
      centered.centered = true;
      EXPECT_EQ(run(centered, {0.5}), run(plain, {0.5}));
    }
}

TEST(Centering, AConstantGradientMovesByTheUpdatesWhileTheMemoryGrows) {
  // v̂ = ĝ² = 1, and the first gradient weighs 1/t.
  EXPECT_NEAR(run({.lr = 1.0, .eps = 0.0, .centered = true}, {1, 1, 1}), -1 - 2 - 3, 1e-12);
}

TEST(Centering, TheFirstGradientIsForgottenWithTheMemory) {
  // Long after the start the corrected rule is the published one.
  OptimizerConfig corrected{.lr = 1.0, .rho = 0.5, .eps = 0.0, .centered = true};
  OptimizerConfig published = corrected;
  published.bias_correction = BiasCorrection::none;
  const auto a = make_optimizer<double>(corrected, 1), b = make_optimizer<double>(published, 1);
  std::vector<double> ours(1), theirs(1);
  walk(*a, ours, 0, 200);
  walk(*b, theirs, 0, 200);
  const double before = ours[0] - theirs[0];
  walk(*a, ours, 200, 220);
  walk(*b, theirs, 200, 220);
  EXPECT_NEAR(ours[0] - theirs[0], before, 1e-9);
}

TEST(Centering, UncorrectedItIsPyTorchsAlsoOnAConstantGradient) {
  // v − ḡ² = f(1 − f)g² with f = ρᵗ: the step grows without a bound but ε, as the deviation goes to 0.
  double theta = 0;
  for (int t = 1; t <= 6; ++t) {
    const double kept = std::pow(0.9, t);
    theta -= 2 / (2 * std::sqrt(kept * (1 - kept)) + 1e-8);
  }
  EXPECT_NEAR(run({.dialect = "torch", .lr = 1.0, .rho = 0.9, .centered = true}, {2, 2, 2, 2, 2, 2}), theta,
              1e-9);
}

}  // namespace
}  // namespace rhoam::optim
