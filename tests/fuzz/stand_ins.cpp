// What the verbs under test need of parts of the program that no fuzz target links: windows, and the table of
// verbs.
#include "apps/app.h"
#include "apps/watch/picture.h"
#include "core/errors.h"
#include "render/display.h"

namespace rhoam {

const agents::NetworkFactory& apps::find_network(const Networks& networks, const std::string& kind) {
  const auto found = networks.find(kind);
  if (found == networks.end()) throw core::UsageError("--network '" + kind + "' is unknown");
  return found->second;
}

void apps::print_error(const std::string&) {}
void apps::print_warning(const std::string&) {}

watch::Size watch::usual_size(bool charts) { return charts ? Size{960, 640} : Size{600, 400}; }

void render::CloseDisplay::operator()(_XDisplay*) const {}
render::DisplayConnection render::connect_display() { throw NoDisplay("none while fuzzing"); }

}  // namespace rhoam
