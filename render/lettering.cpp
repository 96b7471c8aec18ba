#include "render/lettering.h"

namespace rhoam::render {

const Lettering& lettering() {
  static const Lettering sizes;
  return sizes;
}

}  // namespace rhoam::render
