#include "rhoam/envs/recording.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace rhoam::envs {
namespace {

/// One step with two floats of action, and a change.
Recording recorded() {
  Recording recording;
  recording.start({1, 2, 3, 4}, std::vector<double>{9.8});
  recording.act(std::vector<float>{0.5f, -1.0f});
  recording.change({.step = 1, .param = 0, .value = 5});
  return recording;
}

Recording loaded(std::span<const std::uint64_t> words, std::size_t floats) {
  WordReader in(words);
  Recording recording;
  recording.load(in, 1, floats);
  return recording;
}

TEST(Recording, IsLoadedAsItWasSaved) {
  Words words;
  recorded().save(words);
  const auto recording = loaded(words.words(), 2);
  EXPECT_TRUE(std::ranges::equal(recording.actions(), recorded().actions()));
  EXPECT_EQ(recording.changes().size(), 1U);
}

TEST(Recording, RefusesMoreOrFewerActionsThanItsEpisodeTook) {
  Words words;
  recorded().save(words);
  for (const std::size_t floats : {0, 1, 3, 2000})
    EXPECT_THROW(loaded(words.words(), floats), core::CorruptError) << floats;
}

TEST(Recording, RefusesToEndWithin) {
  Words words;
  recorded().save(words);
  for (std::size_t size = 0; size < words.words().size(); ++size)
    EXPECT_THROW(loaded(words.words().first(size), 2), core::CorruptError) << size;
}

}  // namespace
}  // namespace rhoam::envs
