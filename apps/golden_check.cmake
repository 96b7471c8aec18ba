# golden_check: replays reference files through the real environments and optimizers.
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
add_executable(golden_check
  ${CMAKE_CURRENT_LIST_DIR}/golden_cartpole.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden_check.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden_distributions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden_lander.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden_optim.cpp
  ${CMAKE_CURRENT_LIST_DIR}/golden_windows.cpp)
rhoam_compile_options(golden_check)
target_compile_options(golden_check PRIVATE -ffp-contract=off)  # CartPole is compiled here too; see envs/CMakeLists.txt
target_link_libraries(golden_check PRIVATE rhoam::envs rhoam::optim fmt::fmt nlohmann_json::nlohmann_json)
