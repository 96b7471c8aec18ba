#include "rhoam/tests/render/golden_frame.h"

#include <algorithm>
#include <filesystem>

#include "rhoam/core/file.h"

namespace rhoam::render {
namespace {

int channel(std::uint32_t pixel, int shift) { return static_cast<int>(pixel >> shift & 0xff); }

bool wants_writing() {
  const char* const write = std::getenv("RHOAM_WRITE_GOLDEN");
  return write != nullptr && std::string(write) == "1";
}

}  // namespace

Difference difference(const Image& a, const Image& b) {
  Difference sum;
  for (std::size_t i = 0; i < a.pixels().size(); ++i) {
    int farthest = 0;
    for (const int shift : {0, 8, 16}) {
      const int apart = std::abs(channel(a.pixels()[i], shift) - channel(b.pixels()[i], shift));
      farthest = std::max(farthest, apart);
      sum.mean += apart / 3.0;
    }
    sum.far += farthest > kFar;
  }
  const auto pixels = static_cast<double>(a.pixels().size());
  return {sum.mean / pixels, sum.far / pixels};
}

testing::AssertionResult looks_like(const Image& image, const Image& expected) {
  constexpr double kMean = 1, kPart = 2e-4;
  if (image.width() != expected.width() || image.height() != expected.height())
    return testing::AssertionFailure() << "the pictures differ in size";
  const auto [mean, far] = difference(image, expected);
  if (mean <= kMean && far <= kPart) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "a mean difference of " << mean << " of 255, and " << 100 * far
                                     << " % of the pixels differ by more than " << kFar;
}

testing::AssertionResult is_golden(const Image& image, const std::string& name) {
  const auto golden = std::filesystem::path(RHOAM_TEST_DATA) / "golden" / (name + ".png");
  if (wants_writing()) core::write_file_atomically(golden, to_png(image));
  auto result = looks_like(image, from_png(core::read_file(golden)));
  if (result) return result;
  const std::string seen = testing::TempDir() + name + ".png";
  core::write_file_atomically(seen, to_png(image));
  return result << "; see " << seen << " and " << golden << " (RHOAM_WRITE_GOLDEN=1 accepts what is painted)";
}

}  // namespace rhoam::render
