#include "rhoam/core/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "rhoam/core/text.h"
#include "rhoam/core/utf8.h"

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

/// An error text may quote what the user typed, which must not break the line or the terminal, nor fill it.
std::string one_line(std::string text) {
  constexpr std::size_t kLongestLine = 600;
  if (text.size() > kLongestLine) text = text.substr(0, kLongestLine) + " ...";
  for (char& c : text)
    if (is_control(c)) c = '?';
  return text;
}

}  // namespace

int columns_of(std::FILE* out, int otherwise) {
  return std::clamp(wanted(out, otherwise), kNarrowest, kWidest);
}

bool can_redraw(std::FILE* out) {
  const char* type = std::getenv("TERM");
  return ::isatty(::fileno(out)) == 1 && type != nullptr && *type != '\0' && type != std::string_view("dumb");
}

void print_error(const std::string& text) { std::fputs(("rhoam: " + one_line(text) + "\n").c_str(), stderr); }

void print_warning(const std::string& text) {
  if (!text.empty()) print_error("warning: " + text);
}

}  // namespace rhoam::core
