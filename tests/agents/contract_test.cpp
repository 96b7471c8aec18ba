// What every registered algorithm promises as an Agent: with discrete and with continuous actions, in a world
// that drifts.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <ostream>
#include <tuple>

#include "rhoam/agents/learner.h"
#include "rhoam/core/errors.h"
#include "rhoam/envs/drifting.h"
#include "rhoam/tests/agents/small_training.h"

namespace rhoam::agents {

static void PrintTo(const Algorithm& algorithm, std::ostream* out) { *out << algorithm.name; }

namespace {

struct NamedSetting {
  const char* name;
  Setting setting;
};

void PrintTo(const NamedSetting& named, std::ostream* out) { *out << named.name; }

const NamedSetting kSettings[] = {{"Discrete", {}},
                                  {"Continuous", {.env = "LunarLanderContinuous-v3"}},
                                  {"Drifting",
                                   {.env = "CartPole-v1",
                                    .more = "rho = match\non-change = reset\nhead-bias = false\n",
                                    .drifts = {"advantage-scale:telegraph:dwell=3updates,amplitude=1",
                                               "reward-scale:ou:tau=50,amplitude=1"}}}};

class EveryAgent : public testing::TestWithParam<std::tuple<Algorithm, NamedSetting>> {
 protected:
  SmallTraining fresh() const { return {std::get<0>(GetParam()), std::get<1>(GetParam()).setting}; }
};

void expect_same(const core::Tensors& a, const core::Tensors& b) {
  ASSERT_EQ(a.all().size(), b.all().size());
  for (const auto& [name, tensor] : a.all()) EXPECT_EQ(tensor.bytes, b.all().at(name).bytes) << name;
}

TEST_P(EveryAgent, ContinuesBitForBitFromItsState) {
  SmallTraining whole = fresh(), resumed = fresh();
  whole.run(3);
  const core::Tensors saved = whole.state();
  resumed.run(1);
  resumed.load(saved);
  expect_same(resumed.state(), saved);
  whole.run(3);
  resumed.run(3);
  expect_same(resumed.state(), whole.state());
}

TEST_P(EveryAgent, ReportsTheSameKeysInEveryIteration) {
  std::vector<std::vector<std::string>> keys;
  SmallTraining training = fresh();
  train(*training.env, *training.agent, training.progress, 1'000'000, [&](Metrics metrics) {
    keys.emplace_back();
    for (const Metric& metric : metrics) keys.back().emplace_back(metric.key);
    return keys.size() < 2;
  });
  EXPECT_EQ(keys[0], keys[1]);
}

/// Overwrites every element of a tensor by the bits of `value`.
template <class Value>
void fill(core::Tensor& tensor, Value value) {
  for (std::size_t at = 0; at < tensor.bytes.size(); at += sizeof(Value))
    std::memcpy(&tensor.bytes[at], &value, sizeof(Value));
}

void make_longer(core::Tensor& tensor) {
  const bool narrow = tensor.type == core::ElementType::f32;
  tensor.bytes.resize(tensor.bytes.size() + (narrow ? 4 : 8));
  tensor.shape = {static_cast<std::int64_t>(tensor.bytes.size() / (narrow ? 4 : 8))};
}

void fill_with_nan(core::Tensor& tensor) {
  if (tensor.type == core::ElementType::f32) fill(tensor, std::numeric_limits<float>::quiet_NaN());
  if (tensor.type == core::ElementType::f64) fill(tensor, std::numeric_limits<double>::quiet_NaN());
}

void fill_with_huge(core::Tensor& tensor) {
  if (tensor.type == core::ElementType::f32) fill(tensor, std::numeric_limits<float>::max());
  if (tensor.type == core::ElementType::f64) fill(tensor, std::numeric_limits<double>::max());
  if (tensor.type == core::ElementType::i64) fill(tensor, std::numeric_limits<std::int64_t>::max());
  if (tensor.type == core::ElementType::u64) fill(tensor, std::numeric_limits<std::uint64_t>::max());
}

void fill_with_zeros(core::Tensor& tensor) { fill(tensor, std::byte{}); }

void negate(core::Tensor& tensor) {
  if (tensor.type == core::ElementType::f32) fill(tensor, -1.5f);
  if (tensor.type == core::ElementType::f64) fill(tensor, -1.5);
  if (tensor.type == core::ElementType::i64) fill(tensor, std::int64_t{-1});
}

/// Does every tensor of the agent, damaged in turn, give CorruptError, or a training that goes on or
/// diverges?
void damage_each(const std::function<SmallTraining()>& fresh, void (*damage)(core::Tensor&),
                 bool must_refuse) {
  SmallTraining before = fresh();
  before.run(2);
  core::Tensors agent_state;
  before.agent->save(agent_state);
  for (const auto& [name, tensor] : agent_state.all()) {
    core::Tensors damaged = before.state();
    damage(damaged.all().at(name));
    if (damaged.all().at(name).bytes == tensor.bytes) continue;
    SmallTraining after = fresh();
    bool refused = false;
    try {
      after.load(damaged);
      after.run(2);
    } catch (const core::CorruptError&) {
      refused = true;
    } catch (const core::DivergedError&) {
    }
    EXPECT_TRUE(refused || !must_refuse) << name;
  }
}

TEST_P(EveryAgent, RefusesTensorsOfAnotherSize) {
  damage_each([this] { return fresh(); }, make_longer, true);
}
TEST_P(EveryAgent, RefusesNan) {
  damage_each([this] { return fresh(); }, fill_with_nan, true);
}
TEST_P(EveryAgent, SurvivesHugeNumbers) {
  damage_each([this] { return fresh(); }, fill_with_huge, false);
}
TEST_P(EveryAgent, SurvivesZeros) {
  damage_each([this] { return fresh(); }, fill_with_zeros, false);
}
TEST_P(EveryAgent, SurvivesNegativeNumbers) {
  damage_each([this] { return fresh(); }, negate, false);
}

TEST_P(EveryAgent, RefusesStreamsOfZeros) {
  SmallTraining training = fresh();
  core::Tensors saved = training.state();
  fill_with_zeros(saved.all().at("streams/policy"));
  EXPECT_THROW(training.load(saved), core::CorruptError);
}

INSTANTIATE_TEST_SUITE_P(All, EveryAgent,
                         testing::Combine(testing::ValuesIn(algorithms().begin(), algorithms().end()),
                                          testing::ValuesIn(kSettings)),
                         [](const auto& instance) {
                           return std::string(std::get<0>(instance.param).name) +
                                  std::get<1>(instance.param).name;
                         });

class EveryAlgorithm : public testing::TestWithParam<Algorithm> {};

using Parameters = std::map<std::string, std::vector<float>>;

/// What the networks have learned in a world that is said to jump and in truth stays as it is.
Parameters learned(const Algorithm& algorithm, const std::string& more) {
  SmallTraining training(algorithm, {.more = more});
  const std::vector<std::string> jump{"advantage-scale:steps:at=1updates,values=0/1"};
  training.env = std::make_unique<envs::Drifting>(std::move(training.env), envs::parse_drifts(jump, 0, 0));
  training.run(2);
  Parameters all;
  for (const auto& [name, learner] : training.agent->learners()) {
    const auto parameters = learner->network().parameters();
    all[name].assign(parameters.begin(), parameters.end());
  }
  return all;
}

TEST_P(EveryAlgorithm, TellsEachOptimizerOfAJump) {
  for (const auto& [name, kept] : learned(GetParam(), ""))
    EXPECT_NE(learned(GetParam(), name + ".on-change = reset\n").at(name), kept) << name;
}

INSTANTIATE_TEST_SUITE_P(All, EveryAlgorithm, testing::ValuesIn(algorithms().begin(), algorithms().end()),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace rhoam::agents
