// What every environment promises to who looks at it: nothing that is seen changes what happens.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "rhoam/core/text.h"
#include "rhoam/envs/drifting.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/tests/envs/play.h"
#include "rhoam/tests/envs/tested_envs.h"
#include "rhoam/tests/optim/allocations.h"

namespace rhoam::envs {
namespace {

constexpr int kWatched = 200;

/// Everything that a list shows, as numbers.
std::vector<double> numbers(const DrawList& list) {
  std::vector<double> all;
  for (const Shape& shape : list.shapes()) {
    all.insert(all.end(), {static_cast<double>(shape.kind), static_cast<double>(shape.ink), shape.size});
    for (const Spot& spot : list.points(shape)) all.insert(all.end(), {spot.x, spot.y});
  }
  for (const Gauge& gauge : list.gauges()) all.insert(all.end(), {gauge.value, gauge.low, gauge.high});
  for (const ReturnPart& part : list.parts()) all.push_back(part.value);
  return all;
}

std::vector<double> seen(const VectorEnv& env, int row = 0) {
  DrawList list;
  env.draw(row, list);
  return numbers(list);
}

class Watched : public testing::TestWithParam<TestedEnv> {
 protected:
  std::unique_ptr<VectorEnv> make(int rows = 2) const { return GetParam().entry.make(rows, nullptr); }

  /// Behind a perturbation, one of its own parameters drifting.
  std::unique_ptr<VectorEnv> decorated() const {
    auto perturbed = std::make_unique<Perturbed>(make());
    perturbed->set_param("observation-noise", 0.1);
    perturbed->set_param("sticky-actions", 0.2);
    const std::vector<std::string> drifts{jumping(perturbed->params().front(), 25)};
    return std::make_unique<Drifting>(std::move(perturbed), parse_drifts(drifts, kWatched, 3));
  }
};

/// All that an episode shows and is, step by step; `look` sees the world after each step.
template <class Look>
std::vector<double> lived(VectorEnv& env, Look&& look) {
  StepBatch batch;
  env.reset(7, batch);
  core::Stream stream(1);
  std::vector<double> log;
  for (int step = 0; step < kWatched; ++step) {
    env.set_clocks({.steps = step, .updates = step});
    const auto shown = play(env, batch, 1, stream);
    log.insert(log.end(), shown.begin(), shown.end());
    log.push_back(static_cast<double>(env.state_hash()));
    look(env);
  }
  return log;
}

const auto kBlind = [](const VectorEnv&) {};
const auto kWatching = [](const VectorEnv& env) { seen(env); };

/// Those that can be looked at.
class Seen : public Watched {};

TEST_P(Watched, ADrawnEpisodeIsTheSameAsOneThatIsNot) {
  EXPECT_EQ(lived(*make(), kWatching), lived(*make(), kBlind));
}

TEST_P(Watched, ADrawnEpisodeIsTheSameUnderDriftAndPerturbation) {
  EXPECT_EQ(lived(*decorated(), kWatching), lived(*decorated(), kBlind));
}

TEST_P(Watched, DecoratorsShowTheWorldWithin) {
  const Perturbed wrapped(make());
  EXPECT_EQ(seen(wrapped), seen(*make()));
}

TEST_P(Seen, ThereIsSomethingToSeeInEveryLayer) {
  const auto env = make();
  env->hold_ends();
  StepBatch batch;
  core::Stream stream(1);
  play(*env, batch, 1, stream);
  DrawList list;
  env->draw(1, list);
  std::set<Layer> layers;
  for (const Shape& shape : list.shapes()) layers.insert(shape.layer);
  EXPECT_EQ(layers.size(), 3U);
  EXPECT_NEAR((list.view().right - list.view().left) / (list.view().top - list.view().bottom), 1.5, 1e-9);
}

TEST_P(Seen, EveryExtremeOfItsParametersCanBeDrawn) {
  for (const auto& param : make()->params())
    for (const double value : {param.low, param.high}) {
      const auto env = make();
      env->set_param(param.name, value);
      lived(*env, [&](const VectorEnv& world) {
        const auto all = seen(world);
        EXPECT_TRUE(std::ranges::all_of(all, [](double x) { return std::abs(x) < 1e5; }))
            << param.name << '=' << value;
      });
    }
}

TEST_P(Seen, DrawingAgainTakesNoMemory) {
  const auto env = make();
  env->hold_ends();
  StepBatch batch;
  core::Stream stream(1);
  play(*env, batch, 1, stream);
  DrawList list;
  env->draw(0, list);
  const auto before = optim::allocations();
  list.clear();
  env->draw(0, list);
  EXPECT_EQ(optim::allocations(), before);
}

TEST_P(Watched, EveryActionHasANameOrNone) {
  const ActionSpace space = make()->spec().action;
  if (space.names.empty()) return;
  EXPECT_EQ(space.names.size(), static_cast<std::size_t>(space.discrete() ? space.n : space.size()));
  EXPECT_EQ(std::set(space.names.begin(), space.names.end()).size(), space.names.size());
}

/// The steps of row 0 until its first episode has ended, and what they show of it.
struct FirstEpisode {
  std::vector<double> shown;
  StepBatch batch;
};

FirstEpisode first_episode(VectorEnv& env) {
  FirstEpisode episode;
  StepBatch& batch = episode.batch;
  env.reset(5, batch);
  core::Stream stream(4);
  const auto width = static_cast<std::ptrdiff_t>(env.spec().observation_size());
  do {
    const auto& obs = batch.obs;
    episode.shown.insert(episode.shown.end(), obs.begin(), obs.begin() + width);
    env.step(random_actions(env.spec().action, env.size(), stream), batch);
    episode.shown.push_back(batch.reward[0]);
  } while (!batch.ended(0));
  episode.shown.insert(episode.shown.end(), batch.final_obs.begin(), batch.final_obs.begin() + width);
  episode.shown.push_back(batch.episode_return[0]);
  return episode;
}

TEST_P(Watched, AHeldEpisodeIsTheSameAsAFreeOne) {
  const auto held = decorated(), free = decorated();
  held->hold_ends();
  EXPECT_EQ(first_episode(*held).shown, first_episode(*free).shown);
}

TEST_P(Watched, AHeldRowStaysAsItEnded) {
  const auto env = make(1);
  env->hold_ends();
  auto [shown, batch] = first_episode(*env);
  EXPECT_EQ(batch.obs, batch.final_obs);
  const auto end = seen(*env);
  const auto hash = env->state_hash();
  core::Stream stream(9);
  play(*env, batch, 5, stream);
  EXPECT_EQ(seen(*env), end);
  EXPECT_EQ(env->state_hash(), hash);
}

TEST_P(Watched, AHeldEndCanBeSavedAndLoaded) {
  const auto env = make(1), restored = make(1);
  env->hold_ends();
  first_episode(*env);
  core::Tensors saved;
  env->save(saved, "world");
  restored->load(saved, "world");
  EXPECT_EQ(restored->state_hash(), env->state_hash());
}

TEST_P(Watched, AResetStartsAHeldRowAgain) {
  const auto env = make(1);
  env->hold_ends();
  const auto shown = first_episode(*env).shown;
  EXPECT_EQ(first_episode(*env).shown, shown);
}

TEST_P(Watched, TheHashTellsParameters) {
  const auto env = make();
  std::set<std::uint64_t> hashes{env->state_hash()};
  const auto params = env->params();
  for (const auto& param : params) {
    env->set_param(param.name, another_value(param));
    hashes.insert(env->state_hash());
  }
  EXPECT_EQ(hashes.size(), params.size() + 1);
}

TEST_P(Watched, TheHashTellsSteps) {
  const auto env = make();
  env->hold_ends();
  StepBatch batch;
  core::Stream stream(1);
  const auto before = env->state_hash();
  play(*env, batch, 1, stream);
  EXPECT_NE(env->state_hash(), before);
}

TEST_P(Watched, ALoadedWorldHasTheHashOfTheSavedOne) {
  const auto env = decorated(), restored = decorated();
  lived(*env, kBlind);
  core::Tensors saved;
  env->save(saved, "world");
  restored->load(saved, "world");
  EXPECT_EQ(restored->state_hash(), env->state_hash());
}

INSTANTIATE_TEST_SUITE_P(All, Watched, testing::ValuesIn(tested_envs()),
                         [](const auto& tested) { return tested.param.name(); });

std::vector<TestedEnv> drawn_envs() {
  auto all = tested_envs();
  std::erase_if(all, [](const TestedEnv& env) { return !env.draws(); });
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, Seen, testing::ValuesIn(drawn_envs()),
                         [](const auto& tested) { return tested.param.name(); });

TEST(Registry, CanBeSeenWithNamedActions) {
  for (const auto& entry : env_table()) {
    EXPECT_TRUE(TestedEnv{entry}.draws()) << entry.id;
    EXPECT_FALSE(entry.spec().action.names.empty()) << entry.id;
  }
}

}  // namespace
}  // namespace rhoam::envs
