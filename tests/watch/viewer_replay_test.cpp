#include <gmock/gmock.h>

#include "rhoam/tests/watch/viewer_fixture.h"

namespace rhoam::watch {
namespace {

using ::testing::HasSubstr;

/// A replay: who plays is on record.
class ReplayViewer : public ViewerTest {
 protected:
  ReplayViewer() : ViewerTest(recorded()) {}

  static Player recorded() {
    Simulation simulation(random_player("LunarLander-v3"));
    simulation.start(0, 3, {});
    const float main[] = {2};
    while (!simulation.over()) simulation.step(main);
    Player player = random_player("LunarLander-v3");
    player.script = {simulation.episode()};
    return player;
  }
};

TEST_F(ReplayViewer, PlaysOnWhatIsOnRecordWhicheverKeyIsPressed) {
  const auto recorded = simulation().episode().actions;
  pass(0.5);
  press(U"sd");
  viewer_.press(render::key::kRight);
  EXPECT_THAT(viewer_.notice(), HasSubstr("replay"));
  play_to_the_end();
  EXPECT_EQ(simulation().episode().actions, recorded);
}

TEST_F(ReplayViewer, SaysThatItIsOne) { EXPECT_EQ(viewer_.status(), "episode 1 · seed 3 · replay · 1×"); }

TEST_F(ReplayViewer, GivesTheControlsToAHand) {
  pass(0.5);
  press(U"h");
  pass(0.25, {.x = -1, .y = 0});
  EXPECT_EQ(simulation().episode().actions[26], 1);
}

TEST_F(ReplayViewer, PlaysFromItsStartWhenAHandGivesBack) {
  const auto recorded = simulation().episode().actions;
  press(U"h");
  pass(0.5, {.x = -1, .y = 0});
  press(U"h");
  EXPECT_EQ(playback_.head(), 0);
  EXPECT_EQ(simulation().episode().actions, recorded);
}

}  // namespace
}  // namespace rhoam::watch
