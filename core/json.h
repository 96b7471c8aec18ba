#pragma once
#include <string>

namespace rhoam::core {

/// A nlohmann::json value on one line; bytes that are not UTF-8, as in a path, are replaced.
template <class Json>
std::string to_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rhoam::core
