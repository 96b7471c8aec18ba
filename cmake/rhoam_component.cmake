# The one place that knows how a part of rhoam is compiled, warned about, installed and found again.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

function(rhoam_compile_options target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE -Wno-restrict)  # GCC 12 warns falsely on "text" + std::string
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    target_compile_options(${target} PRIVATE -Wno-unknown-pragmas)  # GCC's ivdep
  endif()
  if(RHOAM_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(RHOAM_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${RHOAM_SANITIZE} -fno-sanitize-recover=all
                                                -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${RHOAM_SANITIZE})
  endif()
endfunction()

# rhoam_kernels(FILES...): they hold loops of optim/kernel.h. Without contraction every instruction set and every place
# within a block rounds alike; hot in every build type but where the build has to be quick.
set(rhoam_hot -O3)
if(RHOAM_QUICK_BUILD)
  set(rhoam_hot -O1)
endif()
function(rhoam_kernels)
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS "${rhoam_hot};-ffp-contract=off;-fno-math-errno;-fno-trapping-math")
endfunction()

# Sources include "rhoam/<folder>/<file>.h" in the tree as they do when installed.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
file(CREATE_LINK ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/include/rhoam SYMBOLIC)

# rhoam_component(NAME SOURCES...): library rhoam_NAME, alias rhoam::NAME, installed.
function(rhoam_component name)
  add_library(rhoam_${name} ${ARGN})
  add_library(rhoam::${name} ALIAS rhoam_${name})
  rhoam_compile_options(rhoam_${name})
  set_target_properties(rhoam_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(rhoam_${name} PUBLIC cxx_std_20)
  target_include_directories(rhoam_${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/include>
                                                  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  install(TARGETS rhoam_${name} EXPORT rhoam_${name}_targets COMPONENT ${name})
  install(EXPORT rhoam_${name}_targets NAMESPACE rhoam:: FILE rhoam_${name}.cmake COMPONENT ${name}
          DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/rhoam)
endfunction()

# rhoam_install_headers(NAME FOLDERS...): the headers of these folders of the tree, with the component NAME.
function(rhoam_install_headers name)
  foreach(folder IN LISTS ARGN)
    install(DIRECTORY ${CMAKE_SOURCE_DIR}/${folder}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rhoam/${folder}
            COMPONENT ${name} FILES_MATCHING PATTERN "*.h" PATTERN "torch_*" EXCLUDE)
  endforeach()
endfunction()

function(rhoam_install_package)
  configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/rhoam-config.cmake.in ${CMAKE_BINARY_DIR}/rhoam-config.cmake
                                INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/rhoam)
  write_basic_package_version_file(${CMAKE_BINARY_DIR}/rhoam-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_BINARY_DIR}/rhoam-config.cmake ${CMAKE_BINARY_DIR}/rhoam-config-version.cmake
          DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/rhoam)
endfunction()
