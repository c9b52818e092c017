namespace AutoDiff;

public static partial class Ad
{
    public static partial class Special
    {
        /// <summary>A zero in two parts, which together have twice the digits of a double, and the slope there.</summary>
        private readonly record struct Zero(double Head, double Rest, double Slope)
        {
            public double To(double x) => x - Head - Rest;
        }

        // DLMF 10.21: the zeros of J₀ and J₁ up to where the asymptotic expansion has 32 digits.
        private static readonly Zero[][] BesselZeros =
        [
            [
                new(2.404825557695773, -1.176691651530894e-16, -0.5191474972894667),
                new(5.520078110286311, 8.088597146146722e-17, 0.34026480655836816),
                new(8.653727912911013, -2.92812607320779e-16, -0.27145229992838193),
                new(11.791534439014281, 2.812956912778735e-16, 0.23245983136472478),
                new(14.930917708487787, -7.070514505983074e-16, -0.20654643307799603),
                new(18.071063967910924, -9.658048089426209e-16, 0.18772880304043943),
                new(21.21163662987926, 4.947077428784068e-16, -0.17326589422922986),
                new(24.352471530749302, 9.169067133951066e-16, 0.16170155068925002),
                new(27.493479132040253, 1.6191941793302084e-15, -0.15218121377059454),
                new(30.634606468431976, -5.390359852115135e-16, 0.1441659776863732),
                new(33.77582021357357, 1.454224241250595e-15, -0.13729694340850299),
                new(36.917098353664045, -9.276489358569364e-16, 0.13132462666866793),
                new(40.05842576462824, -2.6782651477149736e-16, -0.12606949712727342),
            ],
            [
                new(3.8317059702075125, -1.5269184090088067e-16, -0.402759395702553),
                new(7.015586669815619, -9.414165653410389e-17, 0.30011575252613254),
                new(10.173468135062722, 4.482162274768888e-16, -0.2497048770578432),
                new(13.323691936314223, 2.600408064718813e-16, 0.21835940724787295),
                new(16.470630050877634, -1.619019544798128e-15, -0.1964653714686572),
                new(19.615858510468243, -1.004445634526616e-15, 0.18006337534431555),
                new(22.760084380592772, -4.925749373614922e-16, -0.16718460047381806),
                new(25.903672087618382, 4.894530726419825e-16, 0.15672498625285222),
                new(29.046828534916855, -2.799892014010185e-16, -0.14801110997277755),
                new(32.189679910974405, -1.5481609125503839e-15, 0.14060579818398225),
                new(35.33230755008387, -3.2611649318496424e-15, -0.1342112403100007),
                new(38.474766234771614, 7.193676286738655e-16, 0.12861662207206995),
            ],
        ];

        // ψ⁽ᵏ⁾(x₀) / k!, k = 1, 2, …, at the positive zero x₀ of ψ (DLMF 5.4.19).
        private static readonly double[] DigammaAtZero =
        [
            0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237, -0.07219956125645471,
            0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896, 0.010538791616612175,
            -0.007204534386356869, 0.004926781395729853, -0.003369801655439328, 0.002305126326734928, -0.0015769367714301972,
            0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077, 0.00023635601564027053,
            -0.00016170622091974803, 0.0001106337276874741, -7.569179582195066e-05,
        ];

        /// <summary>ψ near its positive zero by its Taylor series there, where the recurrence would lose all digits; null elsewhere.</summary>
        private static double? DigammaNearZero(double x)
        {
            double h = new Zero(1.4616321449683622, 9.549995429965697e-17, 0).To(x);
            if (Math.Abs(h) > 0.25) return null;
            double sum = 0;
            for (int k = DigammaAtZero.Length - 1; k >= 0; k--) sum = sum * h + DigammaAtZero[k];
            return sum * h;
        }

        /// <summary>J₀ or J₁ near a zero below 40.1 by the Taylor series there, whose terms follow from Bessel's equation; null elsewhere.</summary>
        private static double? BesselNearZero(int order, double x)
        {
            foreach (Zero zero in BesselZeros[order])
            {
                double h = zero.To(x), z = zero.Head;
                if (Math.Abs(h) > 0.125) continue;
                // x² y″ + x y′ + (x² − n²) y = 0 with x = z + h: the coefficients of hᵏ⁻², …, hᵏ⁺¹ give that of hᵏ⁺².
                double a = 0, b = 0, c = 0, d = zero.Slope, power = h, sum = d * h;
                for (int k = 0; k < 14; k++)
                {
                    double next = -(z * (k + 1) * (2 * k + 1) * d + (k * k + z * z - order * order) * c + 2 * z * b + a) / (z * z * (k + 2) * (k + 1));
                    (a, b, c, d) = (b, c, d, next);
                    power *= h;
                    sum += next * power;
                }

                return sum;
            }

            return null;
        }
    }
}
