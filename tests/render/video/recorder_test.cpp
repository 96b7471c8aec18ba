#include "rhoam/render/video/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <thread>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/process.h"
#include "rhoam/tests/core/file_size_limit.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::render {
namespace {

using test::error_of;
using test::ScratchFolder;
using ::testing::HasSubstr;

constexpr std::uint32_t kRed = 0xffd02818, kGreen = 0xff18a040;

Image filled(int width, int height, std::uint32_t colour) {
  Image image(width, height);
  for (auto& pixel : image.pixels()) pixel = colour;
  return image;
}

/// Nothing that an encoder could make small.
Image noise(int width, int height, std::uint32_t seed = 1) {
  Image image(width, height);
  std::uint32_t state = seed;
  for (auto& pixel : image.pixels()) pixel = 0xff000000 | (state = state * 1664525 + 1013904223) >> 8;
  return image;
}

void record(const std::string& path, int pictures, const Image& image, double rate = 50) {
  const auto recorder = make_recorder(path, rate);
  for (int i = 0; i < pictures; ++i) recorder->add(image);
  recorder->finish();
}

/// Every pixel of the film, picture after picture, as ffmpeg decodes it; empty: not a film.
std::vector<std::uint32_t> decode(const std::filesystem::path& film) {
  const auto output = core::open_nameless();
  const int streams[] = {-1, output};
  core::ChildProcess process(
      {core::find_program("ffmpeg"), "-loglevel", "error", "-i", "file:" + film.string(), "-fps_mode",
       "passthrough", "-f", "rawvideo", "-pix_fmt", "bgra", "pipe:1"},
      streams);
  if (!process.succeeded()) return {};
  const auto bytes = core::read_file("/dev/fd/" + std::to_string(output));
  std::vector<std::uint32_t> pixels(bytes.size() / 4);
  std::memcpy(pixels.data(), bytes.data(), pixels.size() * 4);
  return pixels;
}

std::size_t pictures_in(const std::filesystem::path& film, int width, int height) {
  return decode(film).size() / static_cast<std::size_t>(width * height);
}

/// The largest difference in a channel.
int distance(std::uint32_t a, std::uint32_t b) {
  const auto channel = [](std::uint32_t pixel, int shift) { return static_cast<int>(pixel >> shift & 0xff); };
  int largest = 0;
  for (const int shift : {0, 8, 16})
    largest = std::max(largest, std::abs(channel(a, shift) - channel(b, shift)));
  return largest;
}

std::string usage_error(const std::string& path) {
  return error_of<core::UsageError>([&] { check_recording(path); });
}

std::string io_error(const std::function<void()>& action) { return error_of<core::IoError>(action); }

/// Programs are looked for only here while it lives.
class Path {
 public:
  explicit Path(const std::filesystem::path& folder) : before_(std::getenv("PATH")) {
    setenv("PATH", folder.c_str(), 1);
  }
  ~Path() { setenv("PATH", before_.c_str(), 1); }
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

 private:
  std::string before_;
};

/// A program that does this.
void write_program(const std::filesystem::path& path, const std::string& script) {
  std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

/// An ffmpeg that names these encoders, and else does this.
void write_ffmpeg(const std::filesystem::path& path, const std::string& encoders, const std::string& script) {
  write_program(path, "case \"$*\" in *-encoders) for e in " + encoders +
                          "; do echo \" V $e \"; done; exit;; esac\n" + script);
}

/// What recording says with an ffmpeg that does this whatever it is asked for.
std::string error_with_ffmpeg(const std::string& script) {
  const ScratchFolder folder;
  write_program(folder / "ffmpeg", script);
  const Path path(folder.path());
  return error_of<core::Error>([&] { make_recorder(folder / "x.mp4", 25); });
}

class FilmTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (core::find_program("ffmpeg").empty()) GTEST_SKIP() << "needs ffmpeg: install the package ffmpeg";
  }
  ScratchFolder folder_;
};

class FilmOfEachKind : public FilmTest, public ::testing::WithParamInterface<const char*> {
 protected:
  std::filesystem::path film() const { return folder_ / ("film" + std::string(GetParam())); }
};
INSTANTIATE_TEST_SUITE_P(Recorder, FilmOfEachKind, ::testing::Values(".mp4", ".webm", ".gif"),
                         [](const auto& kind) { return std::string(kind.param + 1); });

TEST_P(FilmOfEachKind, HoldsEveryPictureInItsColours) {
  const auto recorder = make_recorder(film(), 25);
  for (int i = 0; i < 20; ++i) recorder->add(filled(60, 40, i < 10 ? kRed : kGreen));
  recorder->finish();
  const auto pixels = decode(film());
  ASSERT_EQ(pixels.size(), 20 * 60 * 40);
  EXPECT_LE(distance(pixels.front(), kRed), 8);
  EXPECT_LE(distance(pixels.back(), kGreen), 8);
}

TEST_P(FilmOfEachKind, MayHaveOnePixel) {
  record(film(), 3, filled(1, 1, kRed), 25);
  EXPECT_FALSE(decode(film()).empty());
}

TEST_P(FilmOfEachKind, ReplacesTheFileThatWasThere) {
  std::ofstream(film()) << "old";
  record(film(), 2, filled(60, 40, kRed), 25);
  EXPECT_EQ(pictures_in(film(), 60, 40), 2);
}

TEST_P(FilmOfEachKind, IsTheOnlyFileLeft) {
  record(film(), 2, filled(60, 40, kRed));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_P(FilmOfEachKind, IsCompletedWhenTheRecordingIsGivenUp) {
  {
    const auto recorder = make_recorder(film(), 25);
    for (int i = 0; i < 5; ++i) recorder->add(filled(60, 40, kRed));
  }
  EXPECT_EQ(pictures_in(film(), 60, 40), 5);
}

TEST_P(FilmOfEachKind, IsCompletedWhenTheProcessIsKilled) {
  const auto recorder_that_dies = [&] {
    const auto recorder = make_recorder(film(), 25);
    for (int i = 0; i < 5; ++i) recorder->add(filled(60, 40, kRed));
    raise(SIGKILL);
  };
  EXPECT_EXIT(recorder_that_dies(), ::testing::KilledBySignal(SIGKILL), "");
  for (int i = 0; i < 100 && pictures_in(film(), 60, 40) < 5; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(pictures_in(film(), 60, 40), 5);
}

TEST_P(FilmOfEachKind, IsCompletedWhenTheProcessIsKilledWithinAPicture) {
  const auto recorder_that_dies = [&] {
    const auto recorder = make_recorder(film(), 25);
    const auto picture = filled(1200, 800, kRed);  // more than a pipe holds
    for (int i = 0; i < 3; ++i) recorder->add(picture);
    const std::jthread killer([] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      raise(SIGKILL);
    });
    for (;;) recorder->add(picture);
  };
  EXPECT_EXIT(recorder_that_dies(), ::testing::KilledBySignal(SIGKILL), "");
  for (int i = 0; i < 100 && pictures_in(film(), 1200, 800) < 3; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_GE(pictures_in(film(), 1200, 800), 3);
}

TEST_P(FilmOfEachKind, TellsWhyItCannotBeWritten) {
  const test::FileSizeLimit full_disk(50'000);
  const auto record_much = [&] {
    const auto recorder = make_recorder(film(), 25);
    for (std::uint32_t i = 0; i < 60; ++i) recorder->add(noise(200, 200, i));
    recorder->finish();
  };
  EXPECT_THAT(io_error(record_much),
              ::testing::MatchesRegex("cannot record '.*film.*': ffmpeg: .*File too large"));
}

TEST_P(FilmOfEachKind, IsRefusedWhileAnotherRecordingWritesIt) {
  const auto first = make_recorder(film(), 25), second = make_recorder(film(), 25);
  const auto picture = filled(60, 40, kRed);
  first->add(picture);
  EXPECT_THAT(error_of<core::UsageError>([&] { second->add(picture); }),
              HasSubstr("another recording is writing it"));
  first->finish();
  EXPECT_EQ(pictures_in(film(), 60, 40), 1);
  second->add(picture);
}

TEST_P(FilmOfEachKind, IsNotThereWithoutPictures) {
  make_recorder(film(), 25)->finish();
  EXPECT_FALSE(std::filesystem::exists(film()));
}

TEST_F(FilmTest, PlaysUpToThereOnAFullDisk) {
  for (const char* const name : {"film.mp4", "film.webm"}) {
    const auto endless = [&] {
      const test::FileSizeLimit full_disk(500'000);
      const auto recorder = make_recorder(folder_ / name, 25);
      for (std::uint32_t seed = 0;; ++seed) recorder->add(noise(200, 200, seed));
    };
    EXPECT_THROW(endless(), core::IoError);
    EXPECT_GT(pictures_in(folder_ / name, 200, 200), 5) << name;
  }
}

TEST_F(FilmTest, HasItsIndexAtTheFrontAsAnMp4ThatIsFinished) {
  record(folder_ / "film.mp4", 100, noise(200, 200), 25);
  const auto bytes = core::read_file(folder_ / "film.mp4");
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
  EXPECT_EQ(bytes.find("moof"), std::string::npos);
  EXPECT_EQ(pictures_in(folder_ / "film.mp4", 200, 200), 100);
}

TEST_F(FilmTest, GetsEvenSidesByRepeatingItsLastLines) {
  record(folder_ / "odd.mp4", 2, filled(61, 41, kRed));
  const auto pixels = decode(folder_ / "odd.mp4");
  ASSERT_EQ(pixels.size(), 2 * 62 * 42);
  EXPECT_LE(distance(pixels.back(), kRed), 8);
}

TEST_F(FilmTest, HalvesTheRateOfAGifOf50PicturesPerSecond) {
  record(folder_ / "film.gif", 20, filled(60, 40, kRed), 50);
  EXPECT_EQ(pictures_in(folder_ / "film.gif", 60, 40), 10);
}

TEST_F(FilmTest, MayHaveANameThatFfmpegWouldReadOtherwise) {
  for (const char* const name : {"-y.mp4", "tcp:1%d.mp4", "a'b \"c\".mp4"}) {
    record(folder_ / name, 2, filled(60, 40, kRed));
    EXPECT_EQ(pictures_in(folder_ / name, 60, 40), 2) << name;
  }
}

TEST_F(FilmTest, GoesOnAfterCtrlCAtTheTerminal) {
  const auto interrupted = [&] {
    setsid();
    std::signal(SIGINT, SIG_IGN);
    const auto recorder = make_recorder(folder_ / "film.mp4", 25);
    recorder->add(filled(60, 40, kRed));
    kill(0, SIGINT);
    for (int i = 0; i < 4; ++i) recorder->add(filled(60, 40, kRed));
    recorder->finish();
    std::exit(0);
  };
  EXPECT_EXIT(interrupted(), ::testing::ExitedWithCode(0), "");
}

TEST_F(FilmTest, RefusesAPictureOfAnotherSize) {
  const auto recorder = make_recorder(folder_ / "film.mp4", 25);
  recorder->add(filled(60, 40, kRed));
  EXPECT_THROW(recorder->add(filled(62, 40, kRed)), std::invalid_argument);
}

TEST(Recorder, NumbersPngFilesFromZero) {
  const ScratchFolder folder;
  const auto image = noise(7, 5);
  record(folder / "%05d.png", 3, image);
  const auto last = from_png(core::read_file(folder / "00002.png"));
  EXPECT_TRUE(std::ranges::equal(last.pixels(), image.pixels()));
  EXPECT_FALSE(std::filesystem::exists(folder / "00003.png"));
}

TEST(Recorder, TakesNumbersOfAnyLength) {
  const ScratchFolder folder;
  record(folder / "f%d.png", 11, filled(2, 2, kRed));
  EXPECT_TRUE(std::filesystem::exists(folder / "f10.png"));
}

TEST(Recorder, RefusesPngFilesWithoutExactlyOneNumber) {
  for (const char* const path : {"x.png", "%d%d.png", "%5d.png", "%s.png", "%.png", "%05d/x.png", "%%d.png"})
    EXPECT_THAT(usage_error(path), HasSubstr("needs one number in its name, such as frames/%05d.png"))
        << path;
}

TEST(Recorder, RefusesOtherEndingsAndFolders) {
  EXPECT_THAT(usage_error("x.avi"), HasSubstr("allowed are files that end in .mp4, .webm, .gif, and"));
  EXPECT_THAT(usage_error(""), HasSubstr("allowed are"));
  EXPECT_THAT(usage_error("/tmp"), HasSubstr("it is a folder"));
}

TEST(Recorder, RefusesRatesThatAreNone) {
  for (const double rate : {0.0, -1.0, 1e300, std::nan("")})
    EXPECT_THROW(make_recorder("%d.png", rate), core::UsageError) << rate;
}

TEST(Recorder, RefusesAFolderThatIsNotThereAndMakesNone) {
  const ScratchFolder folder;
  for (const char* name : {"a/%05d.png", "a/b/%05d.png"}) {
    const std::filesystem::path path = folder / name;
    const std::string missing = "there is no folder '" + path.parent_path().string() + "'";
    EXPECT_THAT(usage_error(path), HasSubstr(missing));
    EXPECT_THAT(error_of<core::UsageError>([&] { make_recorder(path, 25); }), HasSubstr(missing));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Recorder, TellsThatAFileIsNoFolder) {
  const ScratchFolder folder;
  std::ofstream(folder / "file") << "no folder";
  EXPECT_THAT(io_error([&] { make_recorder(folder / "file/%d.png", 25); }), HasSubstr("Not a directory"));
}

TEST(Recorder, NamesThePackageAndTheWayWithoutFfmpeg) {
  const Path path("/nonexistent");
  EXPECT_THAT(usage_error("x.mp4"), AllOf(HasSubstr("install the package ffmpeg"), HasSubstr("%05d.png")));
  EXPECT_EQ(usage_error("%05d.png"), "");
}

TEST(Recorder, TakesTheBestEncoderThatIsThere) {
  const ScratchFolder folder;
  write_ffmpeg(folder / "ffmpeg", "mpeg4 libopenh264x",
               "echo \"$@\" >> " + (folder / "words").string() + "; while read -r line; do :; done");
  const Path path(folder.path());
  record(folder / "x.mp4", 1, filled(2, 2, kRed));
  EXPECT_THAT(core::read_file(folder / "words"), HasSubstr(" -c:v mpeg4 -q:v 3 "));
}

TEST(Recorder, TellsThatNoEncoderIsThere) {
  const ScratchFolder folder;
  write_ffmpeg(folder / "ffmpeg", "mp3", "");
  const Path path(folder.path());
  EXPECT_THAT(io_error([&] { make_recorder(folder / "x.mp4", 25); }), HasSubstr("no encoder for .mp4 files"));
}

TEST(Recorder, TellsTheExitCodeOrSignalOfAnFfmpegThatSaysNothing) {
  EXPECT_THAT(error_with_ffmpeg("exit 3"), ::testing::EndsWith("ffmpeg' does not work: exit code 3"));
  EXPECT_THAT(error_with_ffmpeg("kill -9 $$"), ::testing::EndsWith("ended by signal 9"));
}

TEST(Recorder, GivesUpAnFfmpegThatDoesNotAnswer) {
  EXPECT_THAT(error_with_ffmpeg("/bin/sleep 100"), ::testing::EndsWith("ffmpeg' does not answer"));
}

TEST(Recorder, EndsWithTheCodeOfCtrlCAtOnceWhenFfmpegDoesNotAnswer) {
  const ScratchFolder folder;
  write_program(folder / "ffmpeg", "/bin/sleep 100");
  const Path path(folder.path());
  const auto interrupted = [&] {
    const core::InterruptCatcher catcher;
    std::raise(SIGINT);
    alarm(4);  // less than the patience with ffmpeg
    try {
      make_recorder(folder / "x.mp4", 25);
    } catch (const core::Error& error) {
      std::exit(static_cast<int>(error.code()));
    }
  };
  EXPECT_EXIT(interrupted(), ::testing::ExitedWithCode(130), "");
}

TEST(Recorder, TellsTheLastWordsOfAnFfmpegThatEnds) {
  const ScratchFolder folder;
  write_ffmpeg(folder / "ffmpeg", "libx264", "echo one >&2; echo '[mp4 @ 0x5] no luck' >&2; exit 1");
  const Path path(folder.path());
  EXPECT_THAT(io_error([&] { record(folder / "x.mp4", 100, noise(200, 200)); }),
              ::testing::EndsWith("ffmpeg: no luck"));
}

}  // namespace
}  // namespace rhoam::render
