/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-row-reader.h"

#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief A time that may be missing.
 * @param column its column
 * @return nanoseconds
 */
std::optional<int64_t>
GetTime(const SQLite::Column& column)
{
    return column.isNull() ? std::nullopt : std::make_optional(column.getInt64());
}

/**
 * @brief Read the name of a shape.
 * @param name its name
 * @return the shape
 */
DetectionBounds::Shape
ToShape(const std::string& name)
{
    for (const auto shape : {DetectionBounds::Shape::UNIFORM, DetectionBounds::Shape::TRIANGULAR})
    {
        if (name == ToString(shape))
        {
            return shape;
        }
    }
    return DetectionBounds::Shape::OTHER;
}

} // namespace

Experiment::End
SweepRowReader::GetEnd(SQLite::Statement& row, int first)
{
    Experiment::End end;
    end.name = row.getColumn(first).getString();
    end.mechanism = row.getColumn(first + 1).getString();
    end.interval = row.getColumn(first + 2).getDouble();
    end.retries = row.getColumn(first + 3).getUInt();
    end.rule = row.getColumn(first + 4).getString();
    if (!row.getColumn(first + 5).isNull())
    {
        end.law = DetectionBounds{row.getColumn(first + 5).getDouble(),
                                  row.getColumn(first + 6).getDouble(),
                                  row.getColumn(first + 7).getDouble(),
                                  ToShape(row.getColumn(first + 8).getString())};
    }
    end.slack = row.getColumn(first + 9).getDouble();
    if (!row.getColumn(first + 10).isNull())
    {
        end.mistakeRate = row.getColumn(first + 10).getDouble();
    }
    return end;
}

ExperimentResult::End
SweepRowReader::GetObservation(SQLite::Statement& row, int first)
{
    return {row.getColumn(first).getInt64(),
            row.getColumn(first + 1).getInt64(),
            static_cast<uint64_t>(row.getColumn(first + 2).getInt64()),
            static_cast<uint64_t>(row.getColumn(first + 3).getInt64())};
}

ExperimentResult::Detection
SweepRowReader::GetDetection(SQLite::Statement& row, int first)
{
    return {row.getColumn(first).getUInt(),
            row.getColumn(first + 1).getUInt(),
            row.getColumn(first + 2).getString(),
            row.getColumn(first + 3).getInt() != 0,
            row.getColumn(first + 4).getInt() != 0,
            row.getColumn(first + 5).getInt64(),
            GetTime(row.getColumn(first + 6)),
            GetTime(row.getColumn(first + 7)),
            row.getColumn(first + 8).getString(),
            GetTime(row.getColumn(first + 9))};
}

ExperimentResult::Mistake
SweepRowReader::GetMistake(SQLite::Statement& row, int first)
{
    return {row.getColumn(first).getUInt(),
            row.getColumn(first + 1).getInt64(),
            GetTime(row.getColumn(first + 2)),
            GetTime(row.getColumn(first + 3)),
            row.getColumn(first + 4).getString()};
}

} // namespace keepalive
} // namespace ns3
