/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FAILURE_MATRIX_H
#define KEEPALIVE_FAILURE_MATRIX_H

#include "matrix-mechanism.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Which keepalive notices what: every mechanism, at its defaults and at both ends, through
 *        every kind of failure.
 *
 * What fails is the path between the ends, or R2. What is expected of each cell, and why, is in
 * doc/matrix.csv.
 */
class FailureMatrix
{
  public:
    /// A kind of failure.
    struct Column
    {
        std::string name;                 //!< as tables have it, such as "one-way-to-r1"
        MatrixMechanism::Failure failure; //!< what fails; NONE for congestion
    };

    using Rows = std::vector<std::unique_ptr<MatrixMechanism>>; //!< the mechanisms

    /**
     * @brief The mechanisms.
     * @return a row for each, fresh
     */
    static Rows MakeRows();

    /**
     * @brief The kinds of failure.
     * @return a column for each
     */
    static const std::vector<Column>& GetColumns();
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FAILURE_MATRIX_H */
