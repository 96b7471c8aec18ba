// What every recipe and every dialect must do.
#include "rhoam/optim/recipes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "rhoam/core/errors.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/tests/optim/allocations.h"
#include "rhoam/tests/optim/optimize.h"

namespace rhoam::optim {
namespace {

struct Variant {
  std::string name;
  OptimizerConfig config;
};

void PrintTo(const Variant& variant, std::ostream* out) { *out << variant.name; }

/// Every recipe and dialect plain, and what can be added to them.
std::vector<Variant> variants() {
  std::vector<Variant> all;
  for (const Recipe& recipe : recipes()) all.push_back({recipe.name, {.recipe = recipe.name}});
  for (const Dialect& dialect : dialects())
    all.push_back({std::string("dialect_") + dialect.name,
                   {.dialect = dialect.name, .centered = true, .momentum = 0.9}});
  const auto random_rate = core::parse_schedule("telegraph:dwell=3updates,low=0.001,high=0.1", {.seed = 5});
  const auto random_rho = core::parse_schedule("telegraph:dwell=4updates,low=0.9,high=0.99", {.seed = 6});
  all.push_back(
      {"debiased", {.bias_correction = BiasCorrection::debiased, .momentum_form = MomentumForm::ema}});
  all.push_back({"scheduled", {.lr = random_rate, .rho = random_rho, .momentum = 0.9}});
  all.push_back(
      {"scheduled_velocity", {.dialect = "tf1", .lr = random_rate, .momentum = 0.9, .nesterov = true}});
  all.push_back({"decayed", {.weight_decay = 0.1, .clip_value = 0.5}});
  all.push_back(
      {"decoupled", {.momentum = 0.9, .weight_decay = 0.1, .decoupled_decay = true, .maximize = true}});
  all.push_back({"amsgrad", {.recipe = "adam", .amsgrad = true}});
  all.push_back({"nesterov", {.recipe = "sgd", .momentum = 0.9, .nesterov = true}});
  for (const char* rho : {"auto", "auto:likelihood", "auto:factored", "learn"})
    all.push_back({"rho_" + std::string(rho).substr(std::string(rho).find(':') + 1),
                   {.rho = parse_rho(rho), .momentum = 0.9}});
  all.push_back({"pooled", {.pooling = Pooling::layer, .layers = {0, 3}, .momentum = 0.9}});
  all.push_back({"noisy", {.gradient_noise = 0.01}});
  all.push_back({"lookahead", {.momentum = 0.9, .lookahead = 2}});
  all.push_back({"fading", {.recipe = "adagrad", .first_v = 0.1, .lr_decay = 0.01}});
  return all;
}

class EveryRecipe : public testing::TestWithParam<Variant> {
 protected:
  const OptimizerConfig& config() const { return GetParam().config; }
};

class EveryElementwiseRecipe : public EveryRecipe {};

template <class Scalar>
void resumes_bit_exactly(const OptimizerConfig& config) {
  auto theta = noise<Scalar>(99, 37);
  const auto original = make_optimizer<Scalar>(config, theta.size());
  walk(*original, theta, 0, 11);
  core::Tensors saved;
  original->save(saved, "critic/optimizer/");
  const auto resumed = make_optimizer<Scalar>(config, theta.size());
  resumed->load(saved, "critic/optimizer/");
  auto again = theta;
  walk(*original, theta, 11, 30);
  walk(*resumed, again, 11, 30);
  EXPECT_EQ(theta, again);
}

TEST_P(EveryRecipe, ASavedOptimizerContinuesBitExactly) {
  resumes_bit_exactly<float>(config());
  resumes_bit_exactly<double>(config());
}

TEST_P(EveryElementwiseRecipe, CuttingTheVectorChangesNoBit) {
  for (const std::size_t size : {1u, 7u, 4096u, 4097u, 100003u}) {
    auto whole = noise<float>(7, size);
    const auto start = whole;
    walk(*make_optimizer<float>(config(), size), whole, 0, 4);
    for (const std::size_t i : {0u, 6u, 1023u, 1024u, 2047u, 2048u, 4095u, 4096u, 65535u, 100002u}) {
      if (i >= size) continue;
      std::vector<float> alone{start[i]};
      const auto optimizer = make_optimizer<float>(config(), 1);
      for (int t = 0; t < 4; ++t)
        optimizer->step(alone, std::vector{noise<float>(static_cast<std::uint64_t>(t), size)[i]},
                        {.updates = t});
      EXPECT_EQ(alone[0], whole[i]) << i << " of " << size;
    }
  }
}

TEST_P(EveryRecipe, SeveralThreadsStepTheSameBits) {
  const std::size_t size = 100003;
  auto alone = noise<float>(7, size), together = alone;
  core::ThreadPool pool(core::ThreadPool::Exactly{3});
  const auto by_one = make_optimizer<float>(config(), size), by_three = make_optimizer<float>(config(), size);
  by_three->set_pool(&pool);
  walk(*by_one, alone, 0, 4);
  walk(*by_three, together, 0, 4);
  EXPECT_EQ(alone, together);
}

TEST_P(EveryRecipe, ZeroAndVanishingGradientsNeverGiveNaN) {
  for (const float gradient : {0.0f, 1e-30f, 1e-42f}) {
    auto theta = noise<float>(3, 100);
    const auto optimizer = make_optimizer<float>(config(), theta.size());
    for (int t = 0; t < 50; ++t)
      optimizer->step(theta, std::vector<float>(theta.size(), gradient), {.updates = t});
    for (const float x : theta) EXPECT_TRUE(std::isfinite(x)) << gradient;
  }
}

TEST_P(EveryRecipe, FloatFollowsDouble) {
  auto exact = noise<double>(1, 50);
  std::vector<float> rounded(exact.begin(), exact.end());
  const auto in_double = make_optimizer<double>(config(), 50);
  const auto in_float = make_optimizer<float>(config(), 50);
  for (int t = 0; t < 20; ++t) {
    const auto gradient = noise<float>(static_cast<std::uint64_t>(t) + 50, 50);
    in_float->step(rounded, gradient, {.updates = t});
    in_double->step(exact, std::vector<double>(gradient.begin(), gradient.end()), {.updates = t});
  }
  for (std::size_t i = 0; i < 50; ++i)
    EXPECT_NEAR(rounded[i], exact[i], 1e-4 * std::max(1.0, std::abs(exact[i])));
}

TEST_P(EveryRecipe, AStepAllocatesNothing) {
  std::vector<float> theta(5000, 1.0f);
  const std::vector<float> gradient(5000, 0.1f);
  const auto optimizer = make_optimizer<float>(config(), theta.size());
  optimizer->step(theta, gradient, {});
  const std::size_t before = allocations();
  for (int t = 1; t < 10; ++t) optimizer->step(theta, gradient, {.updates = t});
  EXPECT_EQ(allocations(), before);
}

/// θ after 5 more steps shows whether the state was touched.
std::vector<float> future(Optimizer<float>& optimizer) {
  std::vector<float> theta(8, 1.0f);
  walk(optimizer, theta, 20, 25);
  return theta;
}

void expect_refused(const OptimizerConfig& config, const core::Tensors& bad) {
  std::vector<float> theta(8), same(8);
  const auto victim = make_optimizer<float>(config, 8), untouched = make_optimizer<float>(config, 8);
  walk(*victim, theta, 0, 5);
  walk(*untouched, same, 0, 5);
  EXPECT_THROW(victim->load(bad, ""), core::CorruptError);
  EXPECT_EQ(future(*victim), future(*untouched));
}

TEST_P(EveryRecipe, StateOfAnotherSizeIsRefusedAndChangesNothing) {
  core::Tensors bad;
  make_optimizer<float>(config(), 9)->save(bad, "");
  expect_refused(config(), bad);
}

TEST_P(EveryRecipe, StateOfAnotherRecipeIsRefusedAndChangesNothing) {
  for (const Variant& other : variants()) {
    core::Tensors bad;
    make_optimizer<float>(other.config, 8)->save(bad, "");
    if (other.config.recipe != config().recipe) expect_refused(config(), bad);
  }
}

TEST_P(EveryRecipe, AMissingTensorIsRefusedAndChangesNothing) {
  core::Tensors whole;
  make_optimizer<float>(config(), 8)->save(whole, "");
  for (const auto& [name, tensor] : whole.all()) {
    core::Tensors bad = whole;
    bad.all().erase(name);
    expect_refused(config(), bad);
  }
}

TEST_P(EveryRecipe, ANumberThatIsNotFiniteIsRefusedAndChangesNothing) {
  core::Tensors whole;
  make_optimizer<float>(config(), 8)->save(whole, "");
  const double nan = std::nan("");
  for (const char* name : {"age", "forgotten", "forgotten_v", "weight_0", "logit_rho"}) {
    if (!whole.all().contains(name)) continue;
    core::Tensors bad = whole;
    bad.all().erase(name);
    bad.put(name, std::span(&nan, 1));
    expect_refused(config(), bad);
  }
}

INSTANTIATE_TEST_SUITE_P(Recipes, EveryRecipe, testing::ValuesIn(variants()),
                         [](const auto& variant) { return variant.param.name; });

/// All but those whose step of a parameter depends on the others, or on its place.
std::vector<Variant> elementwise_variants() {
  auto all = variants();
  std::erase_if(all, [](const Variant& variant) {
    const auto& config = variant.config;
    const auto rho = chosen_rho(config);
    return (rho && rho->automatic()) || config.pooling != Pooling::none || differs(config.gradient_noise, 0);
  });
  return all;
}

INSTANTIATE_TEST_SUITE_P(Recipes, EveryElementwiseRecipe, testing::ValuesIn(elementwise_variants()),
                         [](const auto& variant) { return variant.param.name; });

/// RMSprop of PyTorch's dialect, written out.
template <class Scalar>
void reference_step(std::vector<Scalar>& theta, std::vector<Scalar>& v, const std::vector<Scalar>& gradient) {
  const auto rho = static_cast<Scalar>(0.99), rest = static_cast<Scalar>(1 - 0.99);
  for (std::size_t i = 0; i < theta.size(); ++i) {
    v[i] = rho * v[i] + rest * (gradient[i] * gradient[i]);
    theta[i] -= static_cast<Scalar>(0.01) * (gradient[i] / (std::sqrt(v[i]) + static_cast<Scalar>(1e-8)));
  }
}

template <class Scalar>
void equals_the_reference(std::size_t size) {
  auto theta = noise<Scalar>(1, size), expected = theta;
  std::vector<Scalar> v(size);
  const auto optimizer = make_optimizer<Scalar>({.dialect = "torch", .lr = 0.01}, size);
  for (std::uint64_t t = 0; t < 5; ++t) {
    const auto gradient = noise<Scalar>(t, size);
    optimizer->step(theta, gradient, {});
    reference_step(expected, v, gradient);
  }
  EXPECT_EQ(theta, expected) << size;
}

TEST(LrFactor, MultipliesTheWholeScheduleWhereverTheRateStands) {
  for (const auto form : {MomentumForm::heavy_ball, MomentumForm::velocity}) {
    OptimizerConfig once{.lr = core::parse_schedule("linear:from=0.1,to=0.3,over=4updates"),
                         .momentum = 0.5,
                         .momentum_form = form,
                         .weight_decay = 0.01,
                         .decoupled_decay = true};
    OptimizerConfig halved = once;
    once.lr = core::parse_schedule("linear:from=0.05,to=0.15,over=4updates");
    halved.lr_factor = 0.5;
    EXPECT_DOUBLE_EQ(run(halved, {1, -2, 3, 4}, 5), run(once, {1, -2, 3, 4}, 5));
  }
}

TEST(Rmsprop, EqualsAPlainLoopBitByBit) {
  for (const std::size_t size : {1u, 7u, 4096u, 4097u, 100003u}) {
    equals_the_reference<float>(size);
    equals_the_reference<double>(size);
  }
}

}  // namespace
}  // namespace rhoam::optim
