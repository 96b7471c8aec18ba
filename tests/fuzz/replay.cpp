// A .replay of `rhoam watch`: refused as corrupt, or episodes that a replay of them holds again and that are
// performed, or found not to come out as recorded.
#include "rhoam/watch/replay.h"

#include "rhoam/core/safetensors.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/tests/fuzz/trainings.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::fuzz {
namespace {

watch::Player replayer(watch::Replay replay) {
  auto player = watch::make_random_player(replay.setting.env);
  player.setting = std::move(replay.setting);
  player.script = std::move(replay.episodes);
  return player;
}

void perform(watch::Replay replay) {
  const auto episodes = std::ssize(replay.episodes);
  watch::Simulation simulation(replayer(std::move(replay)));
  for (std::int64_t i = 0; i < episodes; ++i) simulation.start(i, 0, {});
}

}  // namespace

void check(const std::string& input) {
  core::Tensors file;
  watch::Replay replay;
  if (!succeeds<core::CorruptError>([&] { file = core::parse_safetensors(input); })) return;
  if (!asks_for_little(file) || !succeeds<core::CorruptError>([&] { replay = watch::replay_of(file); }))
    return;
  const auto text = core::format_safetensors(watch::to_tensors(replay));
  const auto again = watch::to_tensors(watch::replay_of(core::parse_safetensors(text)));
  demand(core::format_safetensors(again) == text, "a replay is kept otherwise than it was");
  succeeds<core::CorruptError>([&] { perform(std::move(replay)); });
}

}  // namespace rhoam::fuzz
