// What every stage that chooses its own memory must do.
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "rhoam/core/errors.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/optim/scale_by_align_bank.h"
#include "rhoam/optim/scale_by_factored_rms.h"
#include "rhoam/optim/scale_by_learned_rho.h"
#include "rhoam/optim/scale_by_likelihood_bank.h"
#include "rhoam/tests/optim/allocations.h"
#include "rhoam/tests/optim/memory_stages.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
using Make = Stage<Scalar> (*)(core::Schedule eps, std::size_t size);

struct MemoryStage {
  const char* name;
  Make<float> in_float;
  Make<double> in_double;
};

void PrintTo(const MemoryStage& stage, std::ostream* out) { *out << stage.name; }

template <class Scalar>
Stage<Scalar> align(core::Schedule eps, std::size_t size) {
  return scale_by_align_bank<Scalar>({.eps = eps}, size);
}
template <class Scalar>
Stage<Scalar> likelihood(core::Schedule eps, std::size_t size) {
  return scale_by_likelihood_bank<Scalar>({.eps = eps}, size);
}
template <class Scalar>
Stage<Scalar> factored(core::Schedule eps, std::size_t size) {
  return scale_by_factored_rms<Scalar>({.eps = eps}, size);
}
template <class Scalar>
Stage<Scalar> learned(core::Schedule eps, std::size_t size) {
  return scale_by_learned_rho<Scalar>({.eps = eps}, size);
}

constexpr MemoryStage kStages[] = {{"align", align<float>, align<double>},
                                   {"likelihood", likelihood<float>, likelihood<double>},
                                   {"factored", factored<float>, factored<double>},
                                   {"learned", learned<float>, learned<double>}};

class EveryMemoryStage : public testing::TestWithParam<MemoryStage> {
 protected:
  Chain<float> in_float(std::size_t size, double eps = 1e-8) const {
    return alone(GetParam().in_float(eps, size), size);
  }
  Chain<double> in_double(std::size_t size, double eps = 1e-8) const {
    return alone(GetParam().in_double(eps, size), size);
  }
};

TEST_P(EveryMemoryStage, AnyNumberOfThreadsGivesTheSameBits) {
  const std::size_t size = 100003;
  std::vector<float> expected;
  for (const int threads : {1, 2, 3}) {
    core::ThreadPool pool(core::ThreadPool::Exactly{threads});
    auto optimizer = in_float(size);
    optimizer.set_pool(threads == 1 ? nullptr : &pool);
    std::vector<float> theta(size);
    for (std::uint64_t t = 0; t < 6; ++t) optimizer.step(theta, noise<float>(t, size), {});
    if (threads == 1) expected = theta;
    EXPECT_EQ(theta, expected) << threads;
  }
}

TEST_P(EveryMemoryStage, ASavedStageContinuesBitExactly) {
  auto original = in_double(50), resumed = in_double(50);
  for (int t = 0; t < 40; ++t) step_of(original, switching(t, 7, 50));
  core::Tensors saved;
  original.save(saved, "");
  resumed.load(saved, "");
  for (int t = 40; t < 80; ++t)
    EXPECT_EQ(step_of(original, switching(t, 7, 50)), step_of(resumed, switching(t, 7, 50)));
  EXPECT_EQ(original.memory(), resumed.memory());
}

TEST_P(EveryMemoryStage, FloatFollowsDouble) {
  auto rounded = in_float(50);
  auto exact = in_double(50);
  for (int t = 0; t < 100; ++t) {
    const auto gradient = noise<float>(static_cast<std::uint64_t>(t), 50);
    const auto a = step_of(rounded, gradient);
    const auto b = step_of(exact, std::vector<double>(gradient.begin(), gradient.end()));
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-4) << t;
  }
}

TEST_P(EveryMemoryStage, WithoutEpsilonTheScaleOfTheGradientDoesNotMatter) {
  auto small = in_double(20, 0), large = in_double(20, 0);
  for (int t = 0; t < 200; ++t) {
    auto gradient = switching(t, 30, 20);
    const auto expected = step_of(small, gradient);
    for (double& g : gradient) g *= 1000;
    const auto step = step_of(large, gradient);
    for (std::size_t i = 0; i < 20; ++i) EXPECT_NEAR(step[i], expected[i], 1e-10);
  }
}

TEST_P(EveryMemoryStage, ARescaledAccumulatorFitsRescaledGradients) {
  auto plain = in_double(20, 0), rescaled = in_double(20, 0);
  for (int t = 0; t < 100; ++t) {
    if (t == 50) rescaled.rescale_v(9);
    auto gradient = switching(t, 30, 20);
    const auto expected = step_of(plain, gradient);
    for (double& g : gradient) g *= t < 50 ? 1 : 3;
    const auto step = step_of(rescaled, gradient);
    for (std::size_t i = 0; i < 20; ++i) EXPECT_NEAR(step[i], expected[i], 1e-10);
  }
}

TEST_P(EveryMemoryStage, AForgottenAccumulatorMakesAFirstStep) {
  auto optimizer = in_double(5, 0);
  for (int t = 0; t < 100; ++t) step_of(optimizer, switching(t, 30, 5));
  optimizer.rescale_v(0);
  const auto step = step_of(optimizer, {3, -4, 100, 1e-3, -1});
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(std::abs(step[i]), 1, 1e-12);
}

TEST_P(EveryMemoryStage, ZeroAndVanishingGradientsNeverGiveNaN) {
  for (const double eps : {0.0, 1e-8})
    for (const float value : {0.0f, 1e-30f, 1e-42f}) {
      auto optimizer = in_float(30, eps);
      std::vector<float> gradient(30, value);
      gradient[7] = 0;
      for (int t = 0; t < 50; ++t)
        for (const float u : step_of(optimizer, gradient)) EXPECT_TRUE(std::isfinite(u)) << value;
    }
}

TEST_P(EveryMemoryStage, ParametersWithoutGradientStayWhereTheyAre) {
  auto optimizer = in_double(10);
  for (int t = 0; t < 3000; ++t) {
    auto gradient = switching(t, 30, 10);
    gradient[3] = 0;
    const auto step = step_of(optimizer, gradient);
    ASSERT_EQ(step[3], 0);
    for (const double u : step) ASSERT_TRUE(std::isfinite(u));
  }
  EXPECT_TRUE(std::isfinite(optimizer.memory()));
}

TEST_P(EveryMemoryStage, ANaNGradientStaysVisible) {
  auto optimizer = in_float(10);
  std::vector<float> gradient(10, 1.0f);
  for (int t = 0; t < 10; ++t) step_of(optimizer, gradient);
  gradient[4] = NAN;
  EXPECT_TRUE(std::isnan(step_of(optimizer, gradient)[4]));
}

TEST_P(EveryMemoryStage, TheReportedDivisorIsThatOfTheStep) {
  const double eps = 0.25;
  auto optimizer = in_double(20, eps);
  std::vector<double> gradient, step, root(20), rate(20);
  for (int t = 0; t < 50; ++t) step = step_of(optimizer, gradient = switching(t, 7, 20));
  ASSERT_TRUE(optimizer.inspect(root, rate));
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_NEAR(step[i], gradient[i] * rate[i], 1e-12 * std::abs(step[i]));
    EXPECT_LE(rate[i], 1 / root[i]);
  }
}

TEST_P(EveryMemoryStage, AStepAllocatesNothing) {
  const std::vector<float> gradient(5000, 0.1f);
  std::vector<float> theta(5000);
  auto optimizer = in_float(5000);
  optimizer.step(theta, gradient, {});
  const std::size_t before = allocations();
  for (int t = 1; t < 10; ++t) optimizer.step(theta, gradient, {});
  EXPECT_EQ(allocations(), before);
}

TEST_P(EveryMemoryStage, ANegativeEpsilonIsRefused) {
  EXPECT_THROW(GetParam().in_float(-1e-8, 3), core::UsageError);
}

INSTANTIATE_TEST_SUITE_P(Stages, EveryMemoryStage, testing::ValuesIn(kStages),
                         [](const auto& stage) { return stage.param.name; });

}  // namespace
}  // namespace rhoam::optim
