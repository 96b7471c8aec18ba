#include "core/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "core/text.h"

namespace rhoam::core {
namespace {

constexpr int kNarrowest = 10, kWidest = 1000;

int wanted(std::FILE* out, int otherwise) {
  const char* said = std::getenv("COLUMNS");
  if (const auto columns = parse_integer<int>(said == nullptr ? "" : said); columns && *columns > 0)
    return *columns;
  winsize size{};
  return ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : otherwise;
}

}  // namespace

int columns_of(std::FILE* out, int otherwise) {
  return std::clamp(wanted(out, otherwise), kNarrowest, kWidest);
}

bool can_redraw(std::FILE* out) {
  const char* type = std::getenv("TERM");
  return ::isatty(::fileno(out)) == 1 && type != nullptr && *type != '\0' && type != std::string_view("dumb");
}

}  // namespace rhoam::core
