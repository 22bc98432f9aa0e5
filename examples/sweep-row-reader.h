/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_ROW_READER_H
#define KEEPALIVE_SWEEP_ROW_READER_H

#include "ns3/experiment-result.h"
#include "ns3/experiment.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Reads what SweepRowWriter wrote.
 *
 * A query selects the columns of a kind of row, maybe behind others; the function of that kind
 * reads them.
 */
class SweepRowReader
{
  public:
    static constexpr const char* SCHEMA = "1"; //!< of the tables, as their meta table says

    /// Columns of a row of the table end, for GetEnd.
    static constexpr const char* END_COLUMNS =
        "name, mechanism, interval_s, retries, rule, law_lower_s, law_mean_s, law_upper_s, "
        "law_shape, slack_s, law_mistake_rate";

    /// Columns of a row of the table observation, for GetObservation.
    static constexpr const char* OBSERVATION_COLUMNS =
        "observed_ns, mistaken_ns, keepalives, keepalive_bytes";

    /// Columns of a row of the table detection, there called d, for GetDetection.
    static constexpr const char* DETECTION_COLUMNS =
        "d.\"end\", d.number, d.kind, d.own, d.outage, d.began_ns, d.ended_ns, d.detected_ns, "
        "d.cause, d.recovered_ns";

    /// Columns of a row of the table mistake, for GetMistake.
    static constexpr const char* MISTAKE_COLUMNS =
        "\"end\", suspected_ns, trusted_ns, since_previous_ns, cause";

    SweepRowReader() = delete;

    /**
     * @brief Read what is known of an end.
     * @param row a row of a query
     * @param first the first of END_COLUMNS in it, from 0
     * @return the end
     */
    [[nodiscard]] static Experiment::End GetEnd(SQLite::Statement& row, int first);

    /**
     * @brief Read what an end did in a run.
     * @param row a row of a query
     * @param first the first of OBSERVATION_COLUMNS in it, from 0
     * @return what it did
     */
    [[nodiscard]] static ExperimentResult::End GetObservation(SQLite::Statement& row, int first);

    /**
     * @brief Read what an end made of a failure.
     * @param row a row of a query
     * @param first the first of DETECTION_COLUMNS in it, from 0
     * @return what it made of it
     */
    [[nodiscard]] static ExperimentResult::Detection GetDetection(SQLite::Statement& row,
                                                                  int first);

    /**
     * @brief Read a mistake.
     * @param row a row of a query
     * @param first the first of MISTAKE_COLUMNS in it, from 0
     * @return the mistake
     */
    [[nodiscard]] static ExperimentResult::Mistake GetMistake(SQLite::Statement& row, int first);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_ROW_READER_H */
