/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_MATRIX_CELL_H
#define KEEPALIVE_MATRIX_CELL_H

#include "detection-bounds.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What one mechanism, at both ends, made of one kind of failure.
 */
struct MatrixCell
{
    /// What becomes of an end.
    enum class Verdict
    {
        NOT_APPLICABLE, //!< there is no such failure where this mechanism is used
        NEVER,          //!< it never notices, and goes on trusting
        NOTICES,        //!< it notices every time
        SOMETIMES,      //!< it notices some of the failures, depending on when they come
        ITSELF,         //!< it is this end that fails: it knows, or is dead
        MISTAKES,       //!< under a disturbance that is no failure: it suspects a healthy peer
        TRUSTS          //!< under a disturbance that is no failure: it makes no mistake
    };

    /// One end.
    struct End
    {
        Verdict verdict{Verdict::NOT_APPLICABLE}; //!< what becomes of it
        uint32_t failures{0};                     //!< that it ought to notice
        uint32_t noticed{0};                      //!< that it noticed; or mistakes
        double shortest{0};                       //!< detection time T_D, seconds
        double mean{0};                           //!< the same
        double longest{0};                        //!< the same
        std::set<std::string> causes;             //!< why, each once, without its own repair
        std::optional<DetectionBounds> law;       //!< closed form of T_D, if there is one
        uint32_t outside{0};                      //!< detection times outside the closed form
    };

    std::string reason;              //!< why it is not applicable; empty if it is
    std::map<std::string, End> ends; //!< by name: R1, R2 and whoever else watches
};

/**
 * @brief Name of a verdict in tables.
 * @param verdict the verdict
 * @return a short lower-case name such as "notices"
 */
const char* ToString(MatrixCell::Verdict verdict);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_MATRIX_CELL_H */
