/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DETECTION_BOUNDS_H
#define KEEPALIVE_DETECTION_BOUNDS_H

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What the closed form of any mechanism says of its detection time. Free of ns-3.
 */
struct DetectionBounds
{
    /// How detection times are distributed between the bounds.
    enum class Shape
    {
        UNIFORM,    //!< evenly
        TRIANGULAR, //!< as the sum of two equal uniform ones, symmetric, with the mode in the
                    //!< middle
        OTHER       //!< neither
    };

    double lower{0};             //!< the best case, seconds
    double mean{0};              //!< the mean, seconds
    double upper{0};             //!< the worst case, seconds
    Shape shape{Shape::UNIFORM}; //!< what lies between
};

/**
 * @brief Name of a shape in tables.
 * @param shape the shape
 * @return its name
 */
inline const char*
ToString(DetectionBounds::Shape shape)
{
    switch (shape)
    {
    case DetectionBounds::Shape::UNIFORM:
        return "uniform";
    case DetectionBounds::Shape::TRIANGULAR:
        return "triangular";
    case DetectionBounds::Shape::OTHER:
        break;
    }
    return "other";
}

/**
 * @brief The law of whichever comes first.
 * @param a a uniform law
 * @param b another one, independent of it
 * @return bounds and mean of the lesser of the two
 */
DetectionBounds FirstOf(const DetectionBounds& a, const DetectionBounds& b);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DETECTION_BOUNDS_H */
